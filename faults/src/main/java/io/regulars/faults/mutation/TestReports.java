package io.regulars.faults.mutation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/// What the test runner wrote of the tests that it ran.
final class TestReports {

    /// @param first the first failure in one line, empty where there is none
    /// @param text of all failures
    record Sum(int tests, int failed, String first, String text) {}

    private final Path folder;

    TestReports(Path folder) {
        this.folder = folder;
    }

    void clear() throws IOException {
        for (var file : files()) {
            Files.delete(file);
        }
    }

    Sum read() throws IOException {
        var tests = 0;
        var failed = 0;
        String first = null;
        var text = new StringBuilder();
        for (var file : files()) {
            var cases = parse(file).getElementsByTagName("testcase");
            for (var i = 0; i < cases.getLength(); i++) {
                var one = (Element) cases.item(i);
                tests++;
                var failure = failure(one);
                if (failure != null) {
                    failed++;
                    text.append(failure.getTextContent());
                    first = first == null ? one.getAttribute("name") + ": " + said(failure) : first;
                }
            }
        }
        return new Sum(
                tests,
                failed,
                first == null ? "" : first.replaceAll("\\s+", " ").strip(),
                text.toString());
    }

    /// The properties of the process that ran the tests; none where no report is there.
    Map<String, String> properties() {
        try {
            var found = new TreeMap<String, String>();
            for (var file : files()) {
                var all = parse(file).getElementsByTagName("property");
                for (var i = 0; i < all.getLength(); i++) {
                    var one = (Element) all.item(i);
                    found.put(one.getAttribute("name"), one.getAttribute("value"));
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (var all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                    .toList();
        }
    }

    private static Element failure(Element testcase) {
        for (var kind : List.of("failure", "error")) {
            var found = testcase.getElementsByTagName(kind);
            if (found.getLength() > 0) {
                return (Element) found.item(0);
            }
        }
        return null;
    }

    private static String said(Element failure) {
        var message = failure.getAttribute("message");
        return message.isBlank() ? failure.getAttribute("type") : message;
    }

    private static Element parse(Path file) throws IOException {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(
                    "unreadable report " + file.getFileName().toString().toLowerCase(Locale.ROOT), e);
        }
    }
}
