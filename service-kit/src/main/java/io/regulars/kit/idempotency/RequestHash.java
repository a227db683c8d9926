package io.regulars.kit.idempotency;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/// What tells one request from another: all that its method was called with, and of a file its name and every byte.
final class RequestHash {

    private RequestHash() {}

    static byte[] of(Object[] parameters, ObjectMapper json) throws IOException {
        Object[] readable = parameters.clone();
        for (int i = 0; i < readable.length; i++) {
            if (readable[i] instanceof FileUpload file) {
                readable[i] = Arrays.asList(file.fileName(), HexFormat.of().formatHex(bytes(file)));
            }
        }
        return sha256().digest(json.writeValueAsString(readable).getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(FileUpload file) throws IOException {
        MessageDigest digest = sha256();
        try (var in = new DigestInputStream(Files.newInputStream(file.uploadedFile()), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
