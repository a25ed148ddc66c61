package shop;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.util.Random;

/** Vulnerable on purpose: objects read from strangers, and session ids that can be guessed. */
public class Sessions {

    public Object restore(InputStream cookie) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(cookie)) {
            return in.readObject();
        }
    }

    public String newId() {
        return Long.toHexString(new Random().nextLong());
    }
}
