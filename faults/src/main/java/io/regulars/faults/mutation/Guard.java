package io.regulars.faults.mutation;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A line that makes a fault harmless, and how it is taken away.
///
/// @param name unique among all
/// @param module the service, or the kit
/// @param file below the root
/// @param text as it stands there, once
/// @param without what stands there when the guard is gone
/// @param why what goes wrong without it
/// @param test that must notice, in the same module: `Class` or `Class#method`
record Guard(String name, String module, String file, String text, String without, String why, String test) {

    /// @param module and, below its source folder, the file
    static Guard of(String name, String module, String file, String text, String without, String why, String test) {
        var folder = module + "/src/main/java/io/regulars/"
                + (module.equals("service-kit") ? "kit" : module.substring(0, module.indexOf('-')));
        return new Guard(name, module, folder + "/" + file, text, without, why, test);
    }

    String testClass() {
        return test.contains("#") ? test.substring(0, test.indexOf('#')) : test;
    }

    /// With its package, as it lies among the tests of the module.
    String testClassName(Path root) {
        var tests = root.resolve(module).resolve("src/test/java");
        try (var files = Files.walk(tests)) {
            return files.filter(file -> file.getFileName().toString().equals(testClass() + ".java"))
                    .map(file -> tests.relativize(file).toString())
                    .map(name ->
                            name.substring(0, name.length() - ".java".length()).replace(File.separatorChar, '.'))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("guard " + name + ": no test " + testClass()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> testMethods() {
        return test.contains("#")
                ? List.of(test.substring(test.indexOf('#') + 1).split("\\+"))
                : List.of();
    }

    /// The file's text without the guard.
    String takenFrom(Path root) {
        var source = read(root.resolve(file));
        var at = source.indexOf(text);
        if (at < 0) {
            throw new IllegalStateException("guard " + name + ": its text is not in " + file + ": " + text);
        }
        if (source.indexOf(text, at + 1) >= 0) {
            throw new IllegalStateException("guard " + name + ": its text is in " + file + " more than once: " + text);
        }
        return source.substring(0, at) + without + source.substring(at + text.length());
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
