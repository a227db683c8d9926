package io.regulars.faults.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.faults.rig.Api.Request;

/// Fills a shop over the bulk API, as a merchant would who moves in.
public final class Bulk {

    private static final int CLIENTS = 4;

    /// A part of all there is.
    public interface Batch {

        /// @param last not within it
        void write(int first, int last);
    }

    private final Shop shop;

    public Bulk(Shop shop) {
        this.shop = shop;
    }

    /// Writes items that were not there before.
    ///
    /// @param things `customers` or `orders`
    /// @param first names the batch
    public void write(String things, int first, List<Map<String, Object>> items) {
        var answer = shop.client()
                .done(Request.bulk(
                        "bulk",
                        things + " from " + first,
                        shop.name() + "-" + things + "-" + first,
                        "/api/customer/v1/" + things + "/batch",
                        Map.of("items", items, "backfill", true)));
        if (answer.path("created").asInt() != items.size()) {
            throw new IllegalStateException(
                    "of " + items.size() + " " + things + " these were refused: " + refused(answer));
        }
    }

    private static String refused(JsonNode answer) {
        for (var item : answer.path("items")) {
            if (item.path("status").asText().equals("rejected")) {
                return item.toString();
            }
        }
        return "none, but they were there before";
    }

    /// Some clients at once, each batch by one of them.
    public static void inBatches(int count, int size, Batch batch) {
        IntFunction<Runnable> of = first -> () -> batch.write(first, Math.min(count, first + size));
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            var running = new ArrayList<Future<?>>();
            for (var first = 0; first < count; first += size) {
                running.add(clients.submit(of.apply(first)));
            }
            for (var one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the shop could not be filled", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
