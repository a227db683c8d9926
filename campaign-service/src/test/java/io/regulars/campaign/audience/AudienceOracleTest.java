package io.regulars.campaign.audience;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.campaign.audience.ConditionSql.Aim;
import io.regulars.campaign.reading.Faults;
import io.regulars.embedded.ServiceTestResource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// Random conditions over random customers: the SQL picks whom plain code picks, asked of a whole shop and of some
/// customers, and nobody of the shop next door, where the same people are.
@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class AudienceOracleTest {

    private static final int MERCHANT = 1_450_101;
    private static final int NEXT_DOOR = 1_450_102;
    private static final int PEOPLE = 60;
    private static final int CONDITIONS = 600;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Instant NOW =
            RandomConditions.TODAY.atTime(21, 30).atZone(ZONE).toInstant();
    private static final Shop SHOP = new Shop(MERCHANT, "暖阳", ZONE, "CNY", "zh-CN");

    @Inject
    Jdbi jdbi;

    @Inject
    Segments segments;

    @Test
    void picksWhomPlainCodePicks() {
        var random = new Random(20_270_220);
        var draw = new RandomPeople(random, NOW);
        List<Person> people =
                LongStream.rangeClosed(1, PEOPLE).mapToObj(draw::person).toList();
        var rows = new PeopleRows(jdbi);
        rows.insert(MERCHANT, people);
        rows.insert(NEXT_DOOR, people);
        var conditions = new RandomConditions(random);
        ObjectNode first = conditions.leaf(Field.TIER, Op.IN);
        ObjectNode second = conditions.leaf(Field.MESSAGES_SENT, Op.GTE);
        rows.segment(MERCHANT, 1, first);
        rows.segment(MERCHANT, 2, second);
        var oracle = new AudienceOracle(NOW, ZONE, Map.of(1L, read(first), 2L, read(second)));

        for (int i = 0; i < CONDITIONS; i++) {
            ObjectNode written = conditions.tree(i % 4);
            Condition condition = read(written);
            Set<Long> expected = people.stream()
                    .filter(person -> oracle.picks(condition, person))
                    .map(Person::id)
                    .collect(Collectors.toSet());

            for (Aim aim : Aim.values()) {
                assertThat(picked(condition, aim)).as("%s of %s", written, aim).isEqualTo(expected);
            }
        }
    }

    private Set<Long> picked(Condition condition, Aim aim) {
        var sql = ConditionSql.of(segments.resolve(MERCHANT, condition), SHOP, NOW, aim);
        return jdbi.withHandle(handle -> sql.bind(handle.createQuery(
                        "select a.customer_id from audience a where a.merchant_id = :merchant and " + sql.sql()))
                .bind("merchant", MERCHANT)
                .mapTo(Long.class)
                .set());
    }

    private static Condition read(ObjectNode written) {
        var faults = new Faults();
        Condition condition = new ConditionReader(faults).read("", written);
        assertThat(faults.violations()).as(written.toString()).isEmpty();
        return condition;
    }
}
