package io.regulars.bench.audience;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

import io.regulars.bench.shop.Buyer;
import io.regulars.bench.shop.Club;
import io.regulars.bench.shop.Member;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class LuceneAudienceTest {

    private static final Club CLUB = new Club(7, 2_000, Instant.now().minusSeconds(3_600));

    @TempDir
    Path folder;

    @Test
    void countsWhomTheConditionsPick() throws Exception {
        try (var lucene = LuceneAudience.index(CLUB, 7, folder)) {
            assertThat(lucene.count(named("women")).customers())
                    .isEqualTo(members(one -> one.gender().equals("female")).size());
            assertThat(lucene.count(named("who may get e-mail")).sms())
                    .isEqualTo(members(one ->
                                    Boolean.TRUE.equals(one.emailConsent()) && Boolean.TRUE.equals(one.smsConsent()))
                            .size());
            assertThat(lucene.count(named("never bought of a category")).customers())
                    .isEqualTo(members(one -> one.bought().stream()
                                    .noneMatch(bought ->
                                            bought.product().category().equals("Category 7")))
                            .size());
            assertThat(lucene.count(named("a middling amount")).customers())
                    .isEqualTo(members(one -> one.monetary() >= 10_000 && one.monetary() <= 100_000)
                            .size());
        }
    }

    @Test
    void pagesHoldWhomTheConditionPicks() throws Exception {
        try (var lucene = LuceneAudience.index(CLUB, 7, folder)) {
            var picked = members(one -> one.birthday().getMonthValue() == 12).stream()
                    .map(one -> Buyer.externalId(one.number()))
                    .toList();

            assertThat(lucene.page(named("born in December"), 20))
                    .hasSize(20)
                    .doesNotHaveDuplicates()
                    .isSubsetOf(picked);
        }
    }

    private static Question named(String name) {
        return Question.ALL.stream()
                .filter(question -> question.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Member> members(Predicate<Member> picked) {
        return StreamSupport.stream(CLUB.spliterator(), false).filter(picked).toList();
    }
}
