package io.regulars.faults.mutation;

import java.util.List;

/// What a shop sets, tries, rehearses and has worked out: changed by one at a time, done by one replica.
final class WorkshopGuards {

    static final List<Guard> ALL = List.of(
            shop(
                    "point-rules-of-a-revision",
                    "points/RuleBook.java",
                    "point_rule.revision = :revision",
                    "point_rule.revision > 0",
                    "of two who change the rules of points one overwrites the other unseen",
                    "RuleBookTest#isNotWrittenOverByWhoReadItBeforeItWasChanged"),
            shop(
                    "prices-of-a-revision",
                    "price/PriceList.java",
                    "measurement_setting.revision = :revision",
                    "measurement_setting.revision > 0",
                    "of two who change the prices at once one overwrites the other unseen",
                    "PriceListTest#isChangedByOneOfTwoWhoReadTheSame"),
            shop(
                    "code-guesses-bounded",
                    "preview/TestAddresses.java",
                    "and tries < :most and",
                    "and :most > 0 and",
                    "the code of an address can be guessed, and messages for a try go to anybody",
                    "TemplatesTest#aCodeIsWorthNothingAfterFiveWrongOnes"),
            shop(
                    "wrong-codes-count",
                    "preview/TestAddresses.java",
                    "QuarkusTransaction.requiringNew()",
                    "QuarkusTransaction.joiningExisting()",
                    "a wrong code is forgotten with the request that is refused for it",
                    "TemplatesTest#aCodeIsWorthNothingAfterFiveWrongOnes"),
            shop(
                    "tries-claimed",
                    "preview/TestSender.java",
                    "for update of q skip locked",
                    "",
                    "two replicas send the same message for a try",
                    "MessagesForATryTest#goOutOnceHoweverManySendersWantThem"),
            shop(
                    "tries-heed-the-kill-switch",
                    "preview/TestSender.java",
                    "where t.merchant_id in (0, q.merchant_id)",
                    "where t.merchant_id < 0",
                    "messages for a try go out after all sending was stopped",
                    "MessagesForATryTest#waitWhileSendingIsStopped"),
            shop(
                    "rehearsals-leased",
                    "rehearsal/Rehearsals.java",
                    "or state = 'running' and lease_until < clock_timestamp()",
                    "or state = 'running'",
                    "a rehearsal is taken out of the hands of a worker that makes it",
                    "RehearsalsTest#areNotTakenOutOfLiveHands"),
            shop(
                    "rehearsals-fenced",
                    "rehearsal/Rehearsals.java",
                    "else total end\n            where merchant_id = :merchant and id = :id and state = 'running' and claim = :claim",
                    "else total end\n            where merchant_id = :merchant and id = :id and state = 'running' and :claim <> ''",
                    "a worker whose lease ran out ends the rehearsal that another one makes",
                    "RehearsalsTest#areNotEndedByAWorkerThatLostThem"),
            shop(
                    "recommendations-claimed",
                    "recommend/Runs.java",
                    "order by due_at limit 1 for update skip locked",
                    "order by due_at limit 1",
                    "replicas work out the same shop at once, and all but one in vain",
                    "RunsTest#passOverAShopThatAnotherWorksOn"),
            shop(
                    "failed-recommendations-come-last",
                    "recommend/Runs.java",
                    "QuarkusTransaction.requiringNew().run(() -> later(due));",
                    "",
                    "a shop that cannot be worked out keeps all others from it",
                    "RunsTest#ofAShopThatFailHoldUpNoOther"),
            shop(
                    "task-once",
                    "task/Tasks.java",
                    "on conflict on constraint callback_task_once_for_a_step do nothing",
                    "",
                    "a journey that is led over a task again fails, again and again",
                    "TasksTest#areOpenedOnceHoweverOftenTheirStepIsGone"),
            shop(
                    "task-done-once",
                    "task/Tasks.java",
                    "and id = :id for update",
                    "and id = :id",
                    "of two who say what came of a call one overwrites the other unseen",
                    "TasksTest#ofTwoOutcomesAtOnceTheFirstStands"));

    private WorkshopGuards() {}

    private static Guard shop(String name, String file, String text, String without, String why, String test) {
        return Guard.of(name, "campaign-service", file, text, without, why, test);
    }
}
