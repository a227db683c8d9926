package io.regulars.customer.imports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import jakarta.inject.Singleton;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.regulars.customer.input.Outcome;
import io.regulars.customer.input.Written;
import io.regulars.customer.merchant.Merchants;
import io.regulars.customer.merchant.Settings;
import io.regulars.customer.order.OrderBook;
import io.regulars.customer.order.OrderContent;
import io.regulars.customer.order.Placed;
import io.regulars.customer.order.ReturnContent;
import io.regulars.customer.product.ProductSeen;
import io.regulars.customer.product.Products;
import io.regulars.customer.profile.Customer;
import io.regulars.customer.profile.Customers;
import io.regulars.kit.problem.ItemProblem;

/// Works on a claimed import, chunk by chunk: reads the file into staged lines, learns its products, forms and
/// writes its documents. Each chunk is one transaction, which locks the job, does its rows and remembers where
/// it got to: whoever takes the job up after a crash goes on there, and a replica that lost its claim finds out
/// before it writes.
@Singleton
class ImportRun {

    private static final int CHUNK_SECONDS = 600;
    private static final int PRODUCTS = 2_000;

    private final ImportTable table;
    private final ImportConfig config;
    private final FileStore files;
    private final Staging staging;
    private final Merchants merchants;
    private final Customers customers;
    private final Products products;
    private final OrderBook orders;
    private final Clock clock;

    ImportRun(
            ImportTable table,
            ImportConfig config,
            FileStore files,
            Staging staging,
            Merchants merchants,
            Customers customers,
            Products products,
            OrderBook orders,
            Clock clock) {
        this.table = table;
        this.config = config;
        this.files = files;
        this.staging = staging;
        this.merchants = merchants;
        this.customers = customers;
        this.products = products;
        this.orders = orders;
        this.clock = clock;
    }

    /// Does the claimed job's next chunk.
    ///
    /// @return the job as it stands then; empty where it is no longer this replica's to work on, or done
    Optional<ImportJob> chunk(ImportJob job, String replica, OpenFile file) {
        return switch (job.phase()) {
            case ImportJob.READING -> step(job, replica, current -> read(current, file));
            case ImportJob.PRODUCTS -> step(job, replica, this::learn);
            case ImportJob.ORDERS -> step(job, replica, this::write);
            default -> Optional.empty();
        };
    }

    /// The job's file, open where it has to go on; null where all of it is read.
    OpenFile open(ImportJob job) {
        if (!job.phase().equals(ImportJob.READING)) {
            return null;
        }
        try {
            return new OpenFile(files.open(job), job.layout(), job.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends the job with a reason that a person can act on. What was written stays.
    void fail(ImportJob job, String replica, String detail) {
        end(job, replica, "failed", new ItemProblem(422, "The file cannot be imported", detail, List.of()));
    }

    private Optional<ImportJob> end(ImportJob job, String replica, String state, ItemProblem problem) {
        return step(job, replica, current -> {
            staging.delete(current);
            files.delete(current);
            return current.ended(state, problem, clock.instant());
        });
    }

    private Optional<ImportJob> step(ImportJob job, String replica, UnaryOperator<ImportJob> work) {
        return QuarkusTransaction.requiringNew().timeout(CHUNK_SECONDS).call(() -> {
            Optional<ImportJob> current = table.lock(job.merchantId(), job.importId())
                    .filter(locked -> locked.runningBy(replica))
                    .map(work);
            current.ifPresent(changed -> table.save(changed, config.claim()));
            return current.filter(changed -> changed.runningBy(replica));
        });
    }

    private ImportJob read(ImportJob job, OpenFile file) {
        var reader = new LineReader(job.layout(), merchants.settings(job.merchantId()), clock.instant());
        var good = new ArrayList<StagedLine>();
        var errors = new ArrayList<LineError>();
        var records = file.next(config.chunk());
        for (var line : records) {
            var reading = reader.read(line.getStartingLineNumber(), line.getFields());
            errors.addAll(reading.errors());
            if (reading.line() != null) {
                good.add(reading.line());
            }
        }
        staging.add(job, good);
        staging.addErrors(job, errors);
        ImportJob read = job.read(file.line(), good.size(), records.size() - good.size());
        return records.size() < config.chunk() ? read.allRead() : read;
    }

    private ImportJob learn(ImportJob job) {
        List<ProductSeen> seen = staging.products(job, PRODUCTS);
        if (seen.isEmpty()) {
            return job.inPhase(ImportJob.ORDERS);
        }
        List<Outcome> outcomes = products.learn(job.merchantId(), seen);
        return job.learned(seen.getLast().code(), job.counts().plusProducts(outcomes));
    }

    private ImportJob write(ImportJob job) {
        List<StagedLine> lines = staging.next(job, config.chunk());
        if (lines.isEmpty()) {
            staging.delete(job);
            files.delete(job);
            return job.ended("done", null, clock.instant());
        }
        Settings merchant = merchants.settings(job.merchantId());
        var documents = Documents.of(lines);
        List<Written<Customer>> people = customers.fill(job.merchantId(), documents.customers());
        Map<String, Long> ids = new HashMap<>();
        people.forEach(person -> ids.put(person.row().externalId(), person.row().customerId()));

        var placedOrders = new ArrayList<Placed<OrderContent>>();
        var placedReturns = new ArrayList<Placed<ReturnContent>>();
        for (var document : documents.formed()) {
            long customer = ids.get(document.customer());
            if (document.order() != null) {
                placedOrders.add(new Placed<>(customer, document.order()));
            } else {
                placedReturns.add(new Placed<>(customer, document.giveBack()));
            }
        }
        var outcomes = orders.record(
                merchant, placedOrders, placedReturns, job.layout().backfill());
        rejectElses(documents, outcomes);
        staging.addErrors(job, inColumns(job.layout(), documents.errors()));

        long rejected = documents.errors().size();
        StagedLine last = lines.getLast();
        return job.wrote(
                last.customer(),
                last.document(),
                lines.size() - rejected,
                rejected,
                job.counts().plus(outcomes.orders(), outcomes.returns(), countedOnce(people, job.customerDone())));
    }

    /// Without the one whose documents lie on both sides of the chunk's border: it was counted before.
    private static List<Outcome> countedOnce(List<Written<Customer>> people, String before) {
        return people.stream()
                .filter(person -> !person.row().externalId().equals(before))
                .map(Written::outcome)
                .toList();
    }

    private static void rejectElses(Documents documents, OrderBook.Outcomes outcomes) {
        var ofOrders = outcomes.orders().iterator();
        var ofReturns = outcomes.returns().iterator();
        for (var document : documents.formed()) {
            Outcome outcome = document.order() != null ? ofOrders.next() : ofReturns.next();
            if (outcome == Outcome.REJECTED) {
                documents.reject(document.lines(), "this order is another customer's, and cannot move");
            }
        }
    }

    private static List<LineError> inColumns(Layout layout, List<LineError> errors) {
        return errors.stream()
                .map(error -> new LineError(
                        error.line(),
                        Field.named(error.field()).map(layout::name).orElse(error.field()),
                        error.reason(),
                        error.value()))
                .toList();
    }
}
