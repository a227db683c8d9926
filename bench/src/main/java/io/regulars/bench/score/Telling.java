package io.regulars.bench.score;

import java.sql.SQLException;
import java.util.List;

import io.regulars.bench.world.Broker;
import io.regulars.bench.world.Database;
import io.regulars.events.OrderChanged;

/// Tells each contestant the story from its first chapter on; each has come as far as its turns have.
final class Telling {

    /// What the latest version of each order makes of its customer, by SQL over the events.
    static final String FACTS = """
            select customer_id, count(*) as frequency, sum(amount) as monetary, max(day) as last_day
            from (select distinct on (order_id) customer_id, amount, day from peer.event where chapter < %d
              order by order_id, version desc) as latest
            group by customer_id
            """;

    private final Story story;
    private final Database database;
    private int staged;

    private Telling(Story story, Database database) {
        this.story = story;
        this.database = database;
    }

    static Telling begin(Story story, Database database) throws SQLException {
        database.run("create schema peer", """
                create table peer.event (seq bigint primary key, chapter int not null, customer_id bigint not null,
                  order_id bigint not null, version bigint not null, ordered_at timestamptz not null, day int not null,
                  amount bigint not null, lines int not null)
                """, """
                create table peer.event_line (seq bigint, line_no int, product_code text, product_name text,
                  category text, kept_quantity bigint not null, kept_amount bigint not null, primary key (seq, line_no))
                """);
        return new Telling(story, database);
    }

    Story story() {
        return story;
    }

    /// Makes sure that the chapter lies in its tables.
    void stage(int chapter) throws SQLException {
        chapter(chapter);
    }

    void publish(Broker broker, String topic, int chapter) throws Exception {
        story.publish(broker, topic, chapter(chapter));
    }

    private List<OrderChanged> chapter(int number) throws SQLException {
        var events = story.chapter(number);
        if (number == staged) {
            story.stage(database, number, events);
            staged++;
        }
        return events;
    }

    /// The facts after so many chapters.
    String expected(int chapters) throws SQLException {
        return database.row(sums("(" + FACTS.formatted(chapters) + ")"));
    }

    /// Customers, sums and a sum of hashes, so that rows of different tables are compared whatever their order.
    static String sums(String rows) {
        return """
                select count(*), sum(frequency), sum(monetary),
                  sum(hashtextextended(concat_ws(' ', customer_id, frequency, monetary, last_day), 0)::numeric)
                from %s as facts
                """.formatted(rows);
    }
}
