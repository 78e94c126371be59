package org.smartaccounts.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;

/**
 * The clock of a node's machine, as its operating system tells it, which can be wrong. It needs Linux and a C compiler ({@code cc}); without
 * them the clock is always right.
 */
final class WrongClock {

    private final Path offset;
    private final Path library;
    private final boolean possible;

    WrongClock(Path home, String node) {
        offset = home.resolve("clock-of-" + node);
        library = home.resolve("wrong-clock-of-%s.so".formatted(node));
        possible = isBuilt();
        set(Duration.ZERO);
    }

    private boolean isBuilt() {
        try {
            return new ProcessBuilder(
                                    "cc",
                                    "-shared",
                                    "-fPIC",
                                    "-o",
                                    library.toString(),
                                    "src/test/c/wrong_clock.c",
                                    "-ldl")
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    boolean isPossible() {
        return possible;
    }

    /** What the process has to be started with. */
    Map<String, String> environment() {
        return possible ? Map.of("LD_PRELOAD", library.toString(), "WRONG_CLOCK", offset.toString()) : Map.of();
    }

    /** It is wrong by so much from now on, in whole seconds. */
    void set(Duration wrong) {
        byte[] seconds = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(wrong.toSeconds())
                .array();
        try {
            // In place: the process looks at this very file.
            Files.write(offset, seconds, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
