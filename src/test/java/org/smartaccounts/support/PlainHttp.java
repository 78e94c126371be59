package org.smartaccounts.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** HTTP by hand, for what no client would send. */
public final class PlainHttp {

    private static final int PATIENCE_MILLIS = 30_000;

    private PlainHttp() {}

    /** Sends a request, written with plain line ends; the whole answer. The request has to ask for the end of the connection. */
    public static String send(URI application, String request) {
        try (Socket socket = new Socket(application.getHost(), application.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
