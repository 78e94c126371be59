package org.smartaccounts.crash.node;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * The clock of a node, the engine's too, which jumps when the harness says so: {@code POST /} at a port of its own, with the milliseconds by
 * which it is wrong from then on.
 */
@Component
@Profile("crash")
class JumpingClock extends Clock implements DisposableBean {

    private final HttpServer control;

    JumpingClock(@Value("${crash.control-port}") int port) throws IOException {
        control = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        control.createContext("/", exchange -> {
            try (exchange) {
                ClockUtil.offset(Long.parseLong(
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII)));
                exchange.sendResponseHeaders(204, -1);
            }
        });
        control.start();
    }

    @Override
    public Instant instant() {
        return ClockUtil.getCurrentTime().toInstant();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(instant(), zone);
    }

    @Override
    public void destroy() {
        control.stop(0);
    }
}
