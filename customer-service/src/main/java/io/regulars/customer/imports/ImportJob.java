package io.regulars.customer.imports;

import java.time.Instant;

import io.regulars.kit.problem.ItemProblem;

/// An import as it stands: a row of `import_job`.
///
/// @param readLine the last line that was read
/// @param productDone the last product that was learned
/// @param customerDone with `documentDone` the last document that was written
record ImportJob(
        int merchantId,
        long importId,
        String fileName,
        Layout layout,
        String state,
        String phase,
        long readLine,
        String productDone,
        String customerDone,
        String documentDone,
        Long linesTotal,
        long linesRead,
        long linesRejected,
        long linesImported,
        Counts counts,
        int attempts,
        ItemProblem problem,
        String claimedBy,
        Instant createdAt,
        Instant startedAt,
        Instant finishedAt) {

    static final String READING = "reading";
    static final String PRODUCTS = "products";
    static final String ORDERS = "orders";
    static final String FINISHED = "finished";

    boolean runningBy(String replica) {
        return state.equals("running") && replica.equals(claimedBy);
    }

    ImportJob read(long line, long good, long bad) {
        return new ImportJob(
                merchantId,
                importId,
                fileName,
                layout,
                state,
                phase,
                line,
                productDone,
                customerDone,
                documentDone,
                linesTotal,
                linesRead + good + bad,
                linesRejected + bad,
                linesImported,
                counts,
                attempts,
                problem,
                claimedBy,
                createdAt,
                startedAt,
                finishedAt);
    }

    ImportJob allRead() {
        return new ImportJob(
                merchantId,
                importId,
                fileName,
                layout,
                state,
                PRODUCTS,
                readLine,
                productDone,
                customerDone,
                documentDone,
                linesRead,
                linesRead,
                linesRejected,
                linesImported,
                counts,
                attempts,
                problem,
                claimedBy,
                createdAt,
                startedAt,
                finishedAt);
    }

    ImportJob learned(String product, Counts newCounts) {
        return new ImportJob(
                merchantId,
                importId,
                fileName,
                layout,
                state,
                phase,
                readLine,
                product,
                customerDone,
                documentDone,
                linesTotal,
                linesRead,
                linesRejected,
                linesImported,
                newCounts,
                attempts,
                problem,
                claimedBy,
                createdAt,
                startedAt,
                finishedAt);
    }

    ImportJob wrote(String customer, String document, long imported, long rejected, Counts newCounts) {
        return new ImportJob(
                merchantId,
                importId,
                fileName,
                layout,
                state,
                phase,
                readLine,
                productDone,
                customer,
                document,
                linesTotal,
                linesRead,
                linesRejected + rejected,
                linesImported + imported,
                newCounts,
                attempts,
                problem,
                claimedBy,
                createdAt,
                startedAt,
                finishedAt);
    }

    ImportJob inPhase(String next) {
        return new ImportJob(
                merchantId,
                importId,
                fileName,
                layout,
                state,
                next,
                readLine,
                productDone,
                customerDone,
                documentDone,
                linesTotal,
                linesRead,
                linesRejected,
                linesImported,
                counts,
                attempts,
                problem,
                claimedBy,
                createdAt,
                startedAt,
                finishedAt);
    }

    ImportJob ended(String endState, ItemProblem why, Instant at) {
        return new ImportJob(
                merchantId,
                importId,
                fileName,
                layout,
                endState,
                endState.equals("done") ? FINISHED : phase,
                readLine,
                productDone,
                customerDone,
                documentDone,
                linesTotal,
                linesRead,
                linesRejected,
                linesImported,
                counts,
                attempts,
                why,
                claimedBy,
                createdAt,
                startedAt,
                at);
    }
}
