package io.regulars.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StrictKubernetesTest {

    private static final Set<String> CHOSEN =
            Set.of("labels", "matchLabels", "annotations", "data", "requests", "limits");

    private static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata:
              name: kafka
            spec:
              publishNotReadyAddresses: true
              ports:
                - name: kafka
                  port: 9092
                  targetPort: kafka
            """;

    @Test
    void takesWhatIsRight() throws IOException {
        assertThat(StrictKubernetes.parse(SERVICE))
                .singleElement()
                .satisfies(service -> assertThat(service.getKind()).isEqualTo("Service"));
    }

    @ParameterizedTest
    @CsvSource({
        "ports:, prots:",
        "port: 9092, prot: 9092",
        "port: 9092, port: nine",
        "port: 9092, port: '\"9092\"'",
        "name: kafka, name: 7",
        "publishNotReadyAddresses: true, publishNotReadyAddresses: 1",
        "kind: Service, kind: Servise",
        "metadata:, metaData:",
        "targetPort: kafka, port: 1",
    })
    void refusesATypo(String right, String wrong) {
        var typo = SERVICE.replace(right, wrong);

        assertThat(typo).isNotEqualTo(SERVICE);
        assertThatThrownBy(() -> StrictKubernetes.parse(typo))
                .isInstanceOfAny(IOException.class, RuntimeException.class);
    }

    /// Every field of every manifest, one after the other, gets a letter too many.
    @ParameterizedTest
    @MethodSource("io.regulars.deploy.ManifestsTest#manifests")
    void refusesEveryMisspeltFieldOfTheManifests(Path file) throws IOException {
        var taken = new ArrayList<String>();
        for (var object : StrictKubernetes.trees(Files.readString(file))) {
            for (var field : fields(object, "")) {
                var misspelt = object.deepCopy();
                misspell(misspelt, field);
                if (!refused(misspelt)) {
                    taken.add(field);
                }
            }
        }

        assertThat(taken).isEmpty();
    }

    private static boolean refused(JsonNode object) {
        try {
            StrictKubernetes.typed(object);
            return false;
        } catch (IOException | IllegalArgumentException e) {
            return true;
        }
    }

    /// JSON pointers of all fields whose names the typed models know; keys that people choose are left out.
    private static List<String> fields(JsonNode node, String at) {
        var fields = new ArrayList<String>();
        if (node.isObject()) {
            node.properties().stream()
                    .filter(field -> !field.getKey().contains("/"))
                    .forEach(field -> {
                        var pointer =
                                at + "/" + field.getKey().replace("~", "~0").replace("/", "~1");
                        fields.add(pointer);
                        if (!CHOSEN.contains(field.getKey())) {
                            fields.addAll(fields(field.getValue(), pointer));
                        }
                    });
        }
        for (var i = 0; node.isArray() && i < node.size(); i++) {
            fields.addAll(fields(node.get(i), at + "/" + i));
        }
        return fields;
    }

    private static void misspell(JsonNode object, String pointer) {
        var end = pointer.lastIndexOf('/');
        var parent = (ObjectNode) object.at(pointer.substring(0, end));
        var name = pointer.substring(end + 1).replace("~1", "/").replace("~0", "~");
        parent.set(name + "x", parent.remove(name));
    }
}
