package io.regulars.bench.journey;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.time.Duration;

import io.regulars.bench.measure.Latency;
import io.regulars.bench.report.Report;
import io.regulars.bench.world.Broker;
import io.regulars.bench.world.World;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// What a journey cannot do without, one after the other on the idle system: two hops over Kafka, three commits and one
/// message over SMTP.
final class Floor {

    private static final String TOPIC = "peer.floor";
    private static final int WARM_UP = 200;
    private static final byte[] BODY = new byte[500];

    private final World world;
    private final MailSink sink;

    Floor(World world, MailSink sink) {
        this.world = world;
        this.sink = sink;
    }

    void report(Report report, int times) throws Exception {
        report.say(
                "Floor: a commit, a hop over Kafka, a commit, a hop, a commit and an SMTP message, each of one row or record, by one thread on the idle system.");
        var database = world.database("customer");
        database.run("create schema peer", "create table peer.floor (n int)");
        world.broker().create(TOPIC);
        try (var connection = database.connect();
                var insert = connection.prepareStatement("insert into peer.floor values (1)");
                var producer = world.broker().producer(0);
                var consumer = world.broker().consumer();
                var mail = new Mail(sink.port())) {
            var partitions = Broker.partitions(consumer, TOPIC);
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            var all = new Histogram(3);
            var began = System.nanoTime();
            for (var i = 0; i < WARM_UP + times; i++) {
                var from = System.nanoTime();
                once(insert, producer, consumer, mail);
                if (i == WARM_UP) {
                    began = from;
                }
                if (i >= WARM_UP) {
                    all.recordValue(System.nanoTime() - from);
                }
            }
            var seconds = (System.nanoTime() - began) / 1e9;
            report.latency("floor, one at a time", Latency.of(times / seconds, seconds, all), null);
        }
    }

    private static void once(
            PreparedStatement insert,
            KafkaProducer<byte[], byte[]> producer,
            KafkaConsumer<byte[], byte[]> consumer,
            Mail mail)
            throws Exception {
        insert.executeUpdate();
        hop(producer, consumer);
        insert.executeUpdate();
        hop(producer, consumer);
        insert.executeUpdate();
        mail.send();
    }

    private static void hop(KafkaProducer<byte[], byte[]> producer, KafkaConsumer<byte[], byte[]> consumer)
            throws Exception {
        producer.send(new ProducerRecord<>(TOPIC, 0, null, BODY)).get();
        while (consumer.poll(Duration.ofSeconds(5)).isEmpty()) {
            // it comes
        }
    }

    /// One kept connection.
    private static final class Mail implements AutoCloseable {

        private final Socket socket;
        private final BufferedReader in;

        Mail(int port) throws IOException {
            socket = new Socket(InetAddress.getByName("localhost"), port);
            socket.setTcpNoDelay(true);
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            in.readLine();
        }

        void send() throws IOException {
            say("MAIL FROM:<shop@example.com>");
            say("RCPT TO:<" + MailSink.NOBODY + ">");
            say("DATA");
            say("Subject: floor\r\n\r\ntext\r\n.");
        }

        private void say(String line) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
            in.readLine();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
