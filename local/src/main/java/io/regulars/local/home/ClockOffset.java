package io.regulars.local.home;

import java.nio.file.Files;
import java.time.Duration;

/// How far the services' clock is shifted; kept, because data from the future stays as well.
public record ClockOffset(String offset) {

    public static Duration of(Home home) {
        var file = home.file("clock");
        return Files.exists(file)
                ? Duration.parse(Home.read(file, ClockOffset.class).offset())
                : Duration.ZERO;
    }

    public static void save(Home home, Duration offset) {
        Home.write(home.file("clock"), new ClockOffset(offset.toString()));
    }
}
