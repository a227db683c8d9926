package io.regulars.local.home;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which port is whose, counted from the gateway's.
public record PortPlan(int gateway) {

    public static final int DEFAULT = 8080;
    private static final int SPAN = 13;

    /// From one replica's ports to the next one's.
    private static final int NEXT = 20;

    public PortPlan {
        if (gateway < 1024 || gateway + SPAN > 65535) {
            throw new IllegalArgumentException("a port between 1024 and " + (65535 - SPAN) + ", not " + gateway);
        }
    }

    /// @param unit a service, or a further replica of it, as `scoring-2`
    public int http(String unit) {
        return block(unit) + 1 + Services.NAMES.indexOf(service(unit));
    }

    public int management(String unit) {
        return block(unit) + 11 + Services.NAMES.indexOf(service(unit));
    }

    private int block(String unit) {
        var number = unit.substring(service(unit).length());
        return gateway + (number.isEmpty() ? 0 : NEXT * (Integer.parseInt(number.substring(1)) - 1));
    }

    /// Whose replica it is.
    public static String service(String unit) {
        return unit.replaceFirst("-\\d+$", "");
    }

    public int sms() {
        return gateway + 4;
    }

    public int smtp() {
        return gateway + 5;
    }

    public int kafka() {
        return gateway + 6;
    }

    public int kafkaController() {
        return gateway + 7;
    }

    public int postgres() {
        return gateway + 8;
    }

    /// Where the launcher takes commands from `./regulars`.
    public int control() {
        return gateway + 9;
    }

    public URI publicUrl() {
        return URI.create("http://localhost:" + gateway);
    }

    /// All ports with what listens there, for people.
    public Map<Integer, String> all() {
        var all = new LinkedHashMap<Integer, String>();
        all.put(gateway, "the gateway");
        for (var service : Services.NAMES) {
            all.put(http(service), service + "-service");
            all.put(management(service), service + "-service (management)");
        }
        all.put(sms(), "the SMS sandbox");
        all.put(smtp(), "the mail sandbox");
        all.put(kafka(), "Kafka");
        all.put(kafkaController(), "Kafka (controller)");
        all.put(postgres(), "PostgreSQL");
        all.put(control(), "the launcher");
        return all;
    }

    /// The three services, in the order data flows.
    public static final class Services {

        public static final List<String> NAMES = List.of("customer", "scoring", "campaign");

        private Services() {}
    }
}
