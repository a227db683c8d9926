package io.regulars.customer.input;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GroupCommitTest {

    private final List<List<String>> batches = new CopyOnWriteArrayList<>();
    private final CountDownLatch firstIsUnderWay = new CountDownLatch(1);
    private final CountDownLatch firstMayEnd = new CountDownLatch(1);

    @Test
    void whoComesAloneIsWrittenAtOnce() {
        var group = new GroupCommit<>(this::shout, 1, 10);

        assertThat(group.write("a", "one")).isEqualTo("ONE");
        assertThat(group.write("a", "two")).isEqualTo("TWO");
        assertThat(batches).containsExactly(List.of("one"), List.of("two"));
    }

    @Test
    void whoComesMeanwhileIsWrittenTogether() throws Exception {
        var group = new GroupCommit<>(this::firstWaits, 1, 10);

        var answers = allAtOnce(group, List.of("a first", "a 1", "a 2", "a 3"));

        assertThat(answers).containsExactly("A FIRST", "A 1", "A 2", "A 3");
        assertThat(batches).hasSize(2);
        assertThat(batches.getLast()).containsExactlyInAnyOrder("a 1", "a 2", "a 3");
    }

    @Test
    void noMoreThanTheMostAreWrittenTogether() throws Exception {
        var group = new GroupCommit<>(this::firstWaits, 1, 2);

        allAtOnce(group, List.of("a first", "a 1", "a 2", "a 3", "a 4", "a 5"));

        assertThat(batches.stream().map(List::size)).containsExactly(1, 2, 2, 1);
    }

    @Test
    void oneKeysWritesAreNotAnothers() throws Exception {
        var group = new GroupCommit<>(this::firstWaits, 1, 10);

        allAtOnce(group, List.of("a first", "a 1", "b 1", "a 2", "b 2"));

        assertThat(batches).hasSize(3);
        assertThat(batches)
                .allSatisfy(batch -> assertThat(
                                batch.stream().map(item -> item.charAt(0)).distinct())
                        .hasSize(1));
    }

    @Test
    void anotherKeyNeedNotWait() throws Exception {
        var group = new GroupCommit<>(this::firstWaits, 2, 10);
        try (var threads = Executors.newCachedThreadPool()) {
            var first = CompletableFuture.supplyAsync(() -> answer(group, "a first"), threads);
            assertThat(firstIsUnderWay.await(20, TimeUnit.SECONDS)).isTrue();

            assertThat(group.write("b", "b 1")).isEqualTo("B 1");

            firstMayEnd.countDown();
            assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo("A FIRST");
        }
    }

    @Test
    void whoFailsFailsAlone() throws Exception {
        var group = new GroupCommit<>(this::firstWaits, 1, 10);

        assertThat(allAtOnce(group, List.of("a first", "a bad", "a 1")))
                .containsExactly("A FIRST", "IllegalStateException: a bad", "A 1");
        assertThatThrownBy(() -> group.write("a", "a bad")).hasMessage("a bad");
        assertThat(group.write("a", "a 2")).isEqualTo("A 2");
    }

    @Test
    void whoFailsByAnErrorLeavesNobodyWaiting() throws Exception {
        var group = new GroupCommit<>(this::firstWaits, 1, 10);

        assertThat(allAtOnce(group, List.of("a first", "a worst", "a 1"))).contains("A FIRST", "A 1");
        assertThat(group.write("a", "a 2")).isEqualTo("A 2");
    }

    private List<String> shout(String key, List<String> items) {
        batches.add(items);
        if (items.stream().anyMatch(item -> item.endsWith("bad"))) {
            throw new IllegalStateException("a bad");
        }
        if (items.stream().anyMatch(item -> item.endsWith("worst"))) {
            throw new StackOverflowError("a worst");
        }
        return items.stream().map(String::toUpperCase).toList();
    }

    private List<String> firstWaits(String key, List<String> items) {
        if (items.equals(List.of("a first"))) {
            firstIsUnderWay.countDown();
            try {
                firstMayEnd.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return shout(key, items);
    }

    /// The first is under way when the others come, and ends when they all wait.
    private List<String> allAtOnce(GroupCommit<String, String, String> group, List<String> items) throws Exception {
        try (var threads = Executors.newCachedThreadPool()) {
            var answers = new ArrayList<CompletableFuture<String>>();
            for (var i = 0; i < items.size(); i++) {
                var item = items.get(i);
                answers.add(CompletableFuture.supplyAsync(() -> answer(group, item), threads));
                if (i == 0) {
                    assertThat(firstIsUnderWay.await(20, TimeUnit.SECONDS)).isTrue();
                }
                while (group.waiting() < i) {
                    Thread.onSpinWait();
                }
            }
            firstMayEnd.countDown();
            var results = new ArrayList<String>();
            for (var answer : answers) {
                results.add(answer.get(20, TimeUnit.SECONDS));
            }
            return results;
        }
    }

    private static String answer(GroupCommit<String, String, String> group, String item) {
        try {
            return group.write(item.substring(0, 1), item);
        } catch (IllegalStateException | StackOverflowError e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }
}
