package shop;

import java.io.IOException;
import java.io.InputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/** Vulnerable on purpose: the parser follows external entities, and nobody hears of errors. */
public class Imports {

    public Document parse(InputStream upload)
            throws IOException, ParserConfigurationException, SAXException {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(upload);
    }

    public boolean accepts(InputStream upload) {
        boolean accepted = false;
        try {
            accepted = parse(upload).getDocumentElement().getTagName() == "orders";
        } catch (Exception e) {
        }
        return accepted;
    }
}
