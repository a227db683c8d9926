package io.regulars.faults.oracle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.embedded.Mail;
import io.regulars.embedded.Sms;
import io.regulars.faults.rig.Databases;
import io.regulars.faults.rig.Operation;
import io.regulars.faults.rig.Rig;
import io.regulars.faults.rig.Sql;
import io.regulars.faults.workload.Shop;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// What the oracle judges by, of some shops, when all is at rest.
///
/// @param rests when all was at rest before
/// @param inFlight ids of the messages that were on the wire when campaign-service died or hung
/// @param receivedBefore keys of what earlier shops received
/// @param lostReceipts how many answers of the mail relay and the SMS gateway never arrived, or were errors
public record Evidence(
        Sql customer,
        Sql scoring,
        Sql campaign,
        List<Shop> shops,
        List<Operation> operations,
        List<Instant> rests,
        List<Mail> mails,
        List<Sms> sms,
        List<JsonNode> scores,
        List<JsonNode> engagements,
        Set<Long> inFlight,
        Set<String> receivedBefore,
        int lostReceipts,
        Clock clock) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public static Evidence gather(Rig rig, Databases databases, List<Shop> shops) {
        if (rig.mail().total() > rig.mail().received().size()
                || rig.smsSandbox().total() > rig.smsSandbox().received().size()) {
            throw new IllegalStateException("the sandboxes no longer hold every receipt; run fewer rounds at once");
        }
        var names = shops.stream().map(Shop::name).toList();
        return new Evidence(
                databases.customer(),
                databases.scoring(),
                databases.campaign(),
                shops,
                rig.log().operations().stream()
                        .filter(operation -> names.contains(operation.shop()))
                        .toList(),
                rig.log().rests(),
                rig.mail().received(),
                rig.smsSandbox().received(),
                events(rig.records("regulars.scores"), shops),
                events(rig.records("regulars.engagements"), shops),
                rig.inFlightAtDeaths(),
                rig.receipts().keys(),
                rig.lostReceipts(),
                rig.clock());
    }

    Evidence withReceipts(List<Mail> otherMails, List<Sms> otherSms) {
        return new Evidence(
                customer,
                scoring,
                campaign,
                shops,
                operations,
                rests,
                otherMails,
                otherSms,
                scores,
                engagements,
                inFlight,
                receivedBefore,
                lostReceipts,
                clock);
    }

    Evidence withOperations(List<Operation> others) {
        return new Evidence(
                customer,
                scoring,
                campaign,
                shops,
                others,
                rests,
                mails,
                sms,
                scores,
                engagements,
                inFlight,
                receivedBefore,
                lostReceipts,
                clock);
    }

    Evidence withScores(List<JsonNode> others) {
        return new Evidence(
                customer,
                scoring,
                campaign,
                shops,
                operations,
                rests,
                mails,
                sms,
                others,
                engagements,
                inFlight,
                receivedBefore,
                lostReceipts,
                clock);
    }

    List<Operation> operations(String kind) {
        return operations.stream().filter(one -> one.kind().equals(kind)).toList();
    }

    List<Operation> operations(String kind, Shop shop) {
        return operations(kind).stream()
                .filter(one -> one.shop().equals(shop.name()))
                .toList();
    }

    static JsonNode json(Object value) {
        try {
            return JSON.readTree(String.valueOf(value));
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON: " + value, e);
        }
    }

    /// Of these shops; what cannot be read is not theirs.
    private static List<JsonNode> events(List<ConsumerRecord<byte[], byte[]>> records, List<Shop> shops) {
        var events = new ArrayList<JsonNode>();
        for (var record : records) {
            if (record.key() == null || record.value() == null) {
                continue;
            }
            var merchant = new String(record.key(), StandardCharsets.UTF_8).split("/")[0];
            if (shops.stream()
                    .anyMatch(shop -> Integer.toString(shop.merchantId()).equals(merchant))) {
                events.add(json(new String(record.value(), StandardCharsets.UTF_8)));
            }
        }
        return events;
    }
}
