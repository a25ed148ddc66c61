package shop;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Vulnerable on purpose: a weak hash, a weak cipher in a weak mode, a key in the code. */
public class Secrets {

    public byte[] hash(String password) throws GeneralSecurityException {
        return MessageDigest.getInstance("MD5").digest(password.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] encrypt(String cardNumber) throws GeneralSecurityException {
        byte[] key = "8bytekey".getBytes(StandardCharsets.UTF_8);
        Cipher cipher = Cipher.getInstance("DES/ECB/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "DES"));
        return cipher.doFinal(cardNumber.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] seal(byte[] invoice) throws GeneralSecurityException {
        byte[] secret = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);
        SecretKeySpec key = new SecretKeySpec(secret, "AES");
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        byte[] start = new byte[16];
        cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(start));
        return cipher.doFinal(invoice);
    }
}
