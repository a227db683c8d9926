package io.regulars.local.unit;

import java.net.InetAddress;
import java.net.ServerSocket;

import io.regulars.embedded.Ports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

class PortOwnersTest {

    @Test
    void aPortNobodyListensOnIsFree() {
        assertThat(PortOwners.taken(Ports.free())).isFalse();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void namesTheProcessThatListens() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            assertThat(PortOwners.taken(socket.getLocalPort())).isTrue();
            assertThat(PortOwners.owner(socket.getLocalPort())).contains(ProcessHandle.current());
            assertThat(PortOwners.describe(socket.getLocalPort()))
                    .startsWith("process " + ProcessHandle.current().pid() + " (");
        }
    }
}
