package io.regulars.faults.rig;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.regulars.embedded.MailSandbox;
import io.regulars.embedded.SmsSandbox;
import io.regulars.local.home.Home;
import io.regulars.local.home.PortPlan;
import io.regulars.local.supervise.LocalSystem;
import io.regulars.local.supervise.Selection;
import io.regulars.local.unit.FreePorts;
import io.regulars.local.unit.Processes;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// A whole system on free ports, made to be broken.
public final class Rig implements AutoCloseable {

    public static final List<String> SERVICES = PortPlan.Services.NAMES;

    /// All that is to run when nothing is broken.
    public static final List<String> UNITS = List.of("kafka", "postgres", "customer", "scoring", "campaign");

    /// What the oracle reads.
    private static final List<String> TOLD = List.of("regulars.scores", "regulars.engagements");

    private static final Duration BACK_WITHIN = Duration.ofMinutes(3);

    /// Patience is shortened, so that a run shows in seconds what else takes minutes; how it is used stays the same: a
    /// lease is as long as nine slow answers of a mail relay, more than a message has.
    private static final Map<String, String> SETTINGS = Map.of(
            "REGULARS_KILL_POINTS", "true",
            "REGULARS_SCORING_CALIBRATIONS_EVERY", "1s",
            "REGULARS_MESSAGE_LEASE", "PT14S",
            "REGULARS_SMTP_TIMEOUT", "PT1.5S",
            "REGULARS_SMS_TIMEOUT", "PT4S",
            "REGULARS_MESSAGE_FIRST_RETRY", "PT0.5S",
            "REGULARS_MESSAGE_LONGEST_RETRY", "PT4S",
            "REGULARS_MESSAGE_ATTEMPTS", "100",
            "KAFKA_SESSION_TIMEOUT_MS", "6000");

    private final PortPlan ports;
    private final Home home;
    private final LocalSystem system;
    private final ShiftedClock clock = new ShiftedClock();
    private final OperationLog log;
    private final KillPoints killPoints;
    private final TcpProxy front;
    private final MailRelay mailRelay;
    private final TcpProxy smtp;
    private final TcpProxy sms;
    private final AtomicInteger gatewayErrors = new AtomicInteger();
    private final AtomicInteger kills = new AtomicInteger();
    private final OnTheWire onTheWire = new OnTheWire(this::databases, this::say);
    private final Receipts receipts = new Receipts();
    private int lostBefore;
    private Map<TopicPartition, Long> pageBegins = Map.of();
    private final Consumer<String> says;

    /// @param root the project's folder, where the built services lie
    /// @param says told what is done to the system
    public Rig(Path root, Path folder, Path operations, Consumer<String> says) throws InterruptedException {
        this.says = says;
        ports = FreePorts.plan();
        front = new TcpProxy(ports.gateway());
        mailRelay = new MailRelay(ports.smtp());
        smtp = new TcpProxy(mailRelay.port());
        sms = new TcpProxy(ports.sms());
        log = new OperationLog(operations);
        killPoints = new KillPoints(ports);
        home = new Home(folder);
        // What an interrupted run left.
        Processes.end(List.copyOf(new Processes(home.processes()).all().values()), Duration.ofSeconds(10));
        SmallDisk.putAway(home.data("postgres"), home.data("kafka"));
        home.wipe();
        forgetLogs(home);
        var settings = new java.util.HashMap<>(SETTINGS);
        settings.put("QUARKUS_MAILER_PORT", Integer.toString(smtp.port()));
        settings.put("REGULARS_SMS_URL", "http://localhost:" + sms.port() + "/sms");
        system = new LocalSystem(
                root,
                home,
                ports,
                Selection.ALL.shortLived().withEnvironment(settings).withReplicas(2),
                line -> {});
        Runtime.getRuntime().addShutdownHook(new Thread(system::close, "stop-system"));
        system.start(line -> {});
    }

    private static void forgetLogs(Home home) {
        try (var old = Files.newDirectoryStream(home.logs())) {
            for (var file : old) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    // --- what there is ---

    public LocalSystem system() {
        return system;
    }

    public PortPlan ports() {
        return ports;
    }

    /// Where clients call: a proxy before the gateway.
    public URI gateway() {
        return URI.create("http://localhost:" + front.port());
    }

    public TcpProxy front() {
        return front;
    }

    public TcpProxy smtp() {
        return smtp;
    }

    /// Between that proxy and the sandbox.
    public MailRelay mailRelay() {
        return mailRelay;
    }

    public TcpProxy smsGateway() {
        return sms;
    }

    /// As the services' is, shifted with them.
    public Clock clock() {
        return clock;
    }

    public OperationLog log() {
        return log;
    }

    public KillPoints killPoints() {
        return killPoints;
    }

    public MailSandbox mail() {
        return system.mail();
    }

    public SmsSandbox smsSandbox() {
        return system.sms();
    }

    public String kafka() {
        return "localhost:" + ports.kafka();
    }

    public Databases databases() {
        return new Databases(ports.postgres());
    }

    public int kills() {
        return kills.get();
    }

    /// The messages that were on the wire when campaign-service died: only they may be uncertain.
    public Set<Long> inFlightAtDeaths() {
        return onTheWire.messages();
    }

    /// How many answers of the mail relay and the SMS gateway never arrived, or said of an error that tells nothing,
    /// since the present shops opened.
    public int lostReceipts() {
        return lostInAll() - lostBefore;
    }

    private int lostInAll() {
        return smtp.cuts() + mailRelay.lost() + sms.cuts() + gatewayErrors.get();
    }

    /// What earlier shops received: none of it may come again.
    public Receipts receipts() {
        return receipts;
    }

    // --- what is done to it ---

    /// New shops begin: what earlier ones did and received is put away, so that a run may last as long as it likes.
    public void turnPage() {
        receipts.keep(mail().received(), smsSandbox().received());
        mail().clear();
        smsSandbox().clear();
        log.forget();
        lostBefore = lostInAll();
        try (var topics = new Topics(kafka())) {
            pageBegins = topics.ends(TOLD);
        }
    }

    /// Records of the topic since the present shops opened.
    public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        try (var topics = new Topics(kafka())) {
            return topics.records(topic, pageBegins);
        }
    }

    /// The next SMS is answered so, and not delivered.
    public void failNextSms(int status) {
        system.sms().failNext(status);
        gatewayErrors.incrementAndGet();
    }

    public void say(String what) {
        log.note(clock.instant(), what);
        says.accept(what);
    }

    /// SIGKILL, then the supervisor starts it again.
    public void kill(String unit) {
        var process = system.supervisor().process(unit);
        system.supervisor().kill(unit);
        process.ifPresent(gone -> died(unit, gone));
    }

    /// Waits until the armed service has died.
    ///
    /// @return false where it lives on: the point was not reached
    public boolean diesWithin(String unit, ProcessHandle process, Duration patience) {
        if (!Pause.until(patience, () -> !process.isAlive())) {
            return false;
        }
        died(unit, process);
        return true;
    }

    /// Takes stock before the next process cleans up, and starts that without the growing pause of a crash loop.
    private void died(String unit, ProcessHandle process) {
        Pause.until(Duration.ofSeconds(10), () -> !process.isAlive());
        kills.incrementAndGet();
        if (PortPlan.service(unit).equals("campaign")) {
            onTheWire.noteAfterDeath();
        }
        if (SERVICES.contains(PortPlan.service(unit))) {
            system.supervisor().start(unit);
        }
    }

    /// SIGSTOP for a while, then SIGCONT.
    public void freeze(String unit, Duration duration) {
        system.supervisor().process(unit).ifPresent(process -> {
            Signals.stop(process);
            if (unit.equals("campaign")) {
                onTheWire.noteWhileStopped();
            }
            try {
                Pause.of(duration);
            } finally {
                Signals.goOn(process);
            }
        });
    }

    public void awaitReady(List<String> units) {
        try {
            system.supervisor().await(units, BACK_WITHIN, name -> {});
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// Shifts the clock of all services further.
    public void shiftClock(Duration more) {
        system.shiftClock(clock.offset().plus(more));
        clock.shift(more);
        say("the clock is " + clock.offset() + " ahead");
    }

    /// One service's clock alone is this far off the others'.
    public void skewClock(String unit, Duration by) {
        system.shiftClock(unit, clock.offset().plus(by));
    }

    /// Stops a server, lets its data folder lie on a small disk, and starts it again.
    public SmallDisk smallDisk(String unit) {
        return new SmallDisk(system.supervisor(), unit, home.data(unit));
    }

    /// @return what was still under way; empty where all came to rest
    public List<String> settle(Duration patience) {
        var busy = new Settling(system, clock).within(patience);
        if (busy.isEmpty()) {
            log.rested(clock.instant());
        }
        return busy;
    }

    /// The same where many short steps follow each other, and what one leaves the next one finds.
    public List<String> settleQuickly(Duration patience) {
        var busy = new Settling(system, clock).within(patience, 2, Duration.ofMillis(150));
        if (busy.isEmpty()) {
            log.rested(clock.instant());
        }
        return busy;
    }

    @Override
    public void close() {
        system.close();
        front.close();
        smtp.close();
        mailRelay.close();
        sms.close();
        log.close();
    }
}
