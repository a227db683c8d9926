package io.regulars.faults.rig;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/// Passes bytes on in both directions, until told to break something.
public final class TcpProxy implements AutoCloseable {

    private static final BooleanSupplier NEVER = () -> false;

    private final Listener listener;
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile BooleanSupplier cutsAnswer = NEVER;
    private volatile BooleanSupplier stallsAnswer = NEVER;
    private volatile Duration stall = Duration.ZERO;

    TcpProxy(int target) {
        listener = Listener.before(target, this::passBoth);
    }

    public int port() {
        return listener.port();
    }

    /// Asked at each piece of an answer: where true, the connection ends instead, when the far side has done its work.
    public void cutAnswers(BooleanSupplier when) {
        cutsAnswer = when;
    }

    /// Asked at each piece of an answer: where true, it is held back so long that nobody waits for it.
    public void stallAnswers(BooleanSupplier when, Duration how) {
        stall = how;
        stallsAnswer = when;
    }

    /// Takes connections and closes them at once, those that are open too.
    public void refuse() {
        listener.refuse(true);
    }

    public void heal() {
        cutsAnswer = NEVER;
        stallsAnswer = NEVER;
        listener.refuse(false);
    }

    /// How many answers were cut, or held back.
    public int cuts() {
        return cuts.get();
    }

    private void passBoth(Socket client, Socket far) {
        var requests = listener.beside(() -> pass(client, far, NEVER, NEVER));
        pass(far, client, () -> cutsAnswer.getAsBoolean(), () -> stallsAnswer.getAsBoolean());
        requests.cancel(true);
    }

    private void pass(Socket from, Socket to, BooleanSupplier cut, BooleanSupplier hold) {
        var buffer = new byte[16 * 1024];
        try {
            for (var read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                if (cut.getAsBoolean()) {
                    cuts.incrementAndGet();
                    break;
                }
                if (hold.getAsBoolean()) {
                    cuts.incrementAndGet();
                    Pause.of(stall);
                }
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException e) {
            // The other side went away; so does this one.
            Listener.close(to);
        } finally {
            Listener.close(from);
            Listener.close(to);
        }
    }

    @Override
    public void close() {
        listener.close();
    }
}
