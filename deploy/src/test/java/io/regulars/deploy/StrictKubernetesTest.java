package io.regulars.deploy;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StrictKubernetesTest {

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
}
