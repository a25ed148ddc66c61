package shop;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;

/** Vulnerable on purpose: a file name and a command line made of user input. */
public class Invoices {

    public byte[] read(String name) throws IOException {
        try (FileInputStream in = new FileInputStream(new File("/var/shop/invoices/" + name))) {
            return in.readAllBytes();
        }
    }

    public Process print(String printer, String name) throws IOException {
        return Runtime.getRuntime().exec("sh -c 'lp -d " + printer + " " + name + "'");
    }
}
