package io.regulars.bench.fit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.regulars.bench.peer.PeerMissing;

/// The same likelihood in NumPy, searched by SciPy's L-BFGS-B, the quickest of its methods that finds the
/// optimum: over a row a customer, or over a row for each pattern with the number of its customers.
final class SciPy {

    private final Path folder;
    private final Path script;
    private final String version;

    private SciPy(Path folder, Path script, String version) {
        this.folder = folder;
        this.script = script;
        this.version = version;
    }

    static SciPy find(Path folder) throws PeerMissing, InterruptedException {
        try {
            var asked = new ProcessBuilder("python3", "-c", "import scipy; print(scipy.__version__)")
                    .redirectErrorStream(true)
                    .start();
            asked.getOutputStream().close();
            var told = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (asked.waitFor() != 0) {
                throw new PeerMissing("python3 has no SciPy (Debian's python3-scipy): " + lastLine(told));
            }
            try (var in = SciPy.class.getResourceAsStream("fit.py")) {
                return new SciPy(folder, Files.write(folder.resolve("fit.py"), in.readAllBytes()), told);
            }
        } catch (IOException e) {
            throw new PeerMissing("python3 cannot be run: " + e.getMessage());
        }
    }

    private static String lastLine(String text) {
        return text.lines().reduce((_, last) -> last).orElse("no output");
    }

    String version() {
        return version;
    }

    Fitter plain(Patterns patterns) throws IOException {
        return start("SciPy", "plain", patterns);
    }

    Fitter grouped(Patterns patterns) throws IOException {
        return start("SciPy on grouped rows", "grouped", patterns);
    }

    private Fitter start(String name, String rows, Patterns patterns) throws IOException {
        return Fitter.start(
                name,
                List.of("python3", script.toString(), patterns.rows().toString(), rows),
                folder.resolve("scipy-" + rows + ".log"));
    }
}
