package io.regulars.scoring.model;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.scoring.dimension.Limits;
import io.regulars.scoring.group.CutPoints;
import io.regulars.scoring.history.Shop;
import io.regulars.scoring.lifecycle.PurchaseCycle;
import io.regulars.scoring.lifetime.BgNbd;
import org.jdbi.v3.core.Jdbi;

/// The models as scoring uses them: read once, kept while neither the model nor what it learned changes.
@ApplicationScoped
public class Models {

    private static final String SHIP = """
            insert into model (merchant_id, version, name, state, definition, created_at, created_by, activated_at)
            values (:merchant, 1, :name, 'active', :definition::jsonb, :now, 'regulars', :now)
            on conflict do nothing
            """;

    private static final String DEFINITION =
            "select definition from model where merchant_id = :merchant and version = :version";

    private static final String CALIBRATION =
            "select * from calibration where merchant_id = :merchant and calibration_no = :no";

    private static final String LIFETIME =
            "select r, alpha_weeks, a, b from lifetime_fit where merchant_id = :merchant and fit_id = :fit";

    /// The one that was in use then; before there was any, the first.
    private static final String LIFETIME_AT = """
            select r, alpha_weeks, a, b from lifetime_fit
            where merchant_id = :merchant and state = 'done' and as_of is null and r is not null
            order by fitted_at <= :at desc, case when fitted_at <= :at then fitted_at end desc, fitted_at, fit_id desc
            limit 1
            """;

    private static final String KEEP_CALIBRATION = """
            insert into calibration (merchant_id, calibration_no, model_version, at, buyers, recency_days, frequency,
              monetary, pooled_cycle_days, customers_cycle_days, intervals, repeat_buyers, limits)
            values (:merchant, :no, :model, :at, :buyers, :recency, :frequency, :monetary, :pooled, :customers,
              :intervals, :repeatBuyers, :limits::jsonb)
            """;

    private record Kept(Shop shop, Model model) {}

    private final Jdbi jdbi;
    private final ObjectMapper json;
    private final Map<Integer, Kept> kept = new ConcurrentHashMap<>();

    Models(Jdbi jdbi, ObjectMapper json) {
        this.jdbi = jdbi;
        this.json = json;
    }

    /// Gives a new merchant the shipped model.
    public void ship(int merchant, Instant now) {
        jdbi.useHandle(handle -> handle.createUpdate(SHIP)
                .bind("merchant", merchant)
                .bind("name", "默认模型 Default")
                .bind("definition", write(ModelDefinition.shipped()))
                .bind("now", now)
                .execute());
    }

    /// The merchant's active model with what it learned last.
    public Model active(Shop shop) {
        var held = kept.get(shop.merchantId());
        if (held != null && held.shop().equals(shop)) {
            return held.model();
        }
        var model = model(shop, shop.modelVersion(), definition(shop.merchantId(), shop.modelVersion()));
        kept.put(shop.merchantId(), new Kept(shop, model));
        return model;
    }

    private Model model(Shop shop, int version, ModelDefinition definition) {
        return new Model(version, definition, calibration(shop), shop.zone(), shop.fractionDigits())
                .knowing(lifetime(shop));
    }

    public ModelDefinition definition(int merchant, int version) {
        return jdbi.withHandle(handle -> read(handle.createQuery(DEFINITION)
                .bind("merchant", merchant)
                .bind("version", version)
                .mapTo(String.class)
                .one()));
    }

    public Calibration calibration(Shop shop) {
        return jdbi.withHandle(handle -> handle.createQuery(CALIBRATION)
                .bind("merchant", shop.merchantId())
                .bind("no", shop.calibrationNo())
                .map((row, context) -> calibration(row))
                .findOne()
                .orElse(Calibration.NONE));
    }

    /// By which customers are judged to be gone; null while the shop has none.
    private BgNbd lifetime(Shop shop) {
        return jdbi.withHandle(handle -> handle.createQuery(LIFETIME)
                .bind("merchant", shop.merchantId())
                .bind("fit", shop.fitId())
                .map((row, context) -> lifetime(row))
                .findOne()
                .orElse(null));
    }

    /// The same as of an instant.
    public BgNbd lifetimeAt(Shop shop, Instant at) {
        return jdbi.withHandle(handle -> handle.createQuery(LIFETIME_AT)
                .bind("merchant", shop.merchantId())
                .bind("at", at)
                .map((row, context) -> lifetime(row))
                .findOne()
                .orElse(null));
    }

    private static BgNbd lifetime(ResultSet row) throws SQLException {
        return new BgNbd(row.getDouble("r"), row.getDouble("alpha_weeks"), row.getDouble("a"), row.getDouble("b"));
    }

    /// Keeps what a model learned, under the number that it bears.
    public void keep(Shop shop, Learning.Learned learned, Instant at) {
        var calibration = learned.model().calibration();
        var cutPoints = calibration.cutPoints();
        var cycle = calibration.cycle();
        jdbi.useHandle(handle -> handle.createUpdate(KEEP_CALIBRATION)
                .bind("merchant", shop.merchantId())
                .bind("no", calibration.no())
                .bind("model", learned.model().version())
                .bind("at", at)
                .bind("buyers", learned.buyers())
                .bind("recency", cutPoints == null ? null : (Double) cutPoints.recencyDays())
                .bind("frequency", cutPoints == null ? null : (Double) cutPoints.frequency())
                .bind("monetary", cutPoints == null ? null : (Double) cutPoints.monetary())
                .bind("pooled", cycle.pooledDays())
                .bind("customers", cycle.customersDays())
                .bind("intervals", cycle.intervals())
                .bind("repeatBuyers", cycle.repeatBuyers())
                .bind("limits", write((Object) calibration.limits()))
                .execute());
    }

    private Calibration calibration(ResultSet row) throws SQLException {
        var recency = row.getObject("recency_days", Double.class);
        return new Calibration(
                row.getInt("calibration_no"),
                recency == null ? null : new CutPoints(recency, row.getDouble("frequency"), row.getDouble("monetary")),
                new PurchaseCycle(
                        row.getObject("pooled_cycle_days", Double.class),
                        row.getObject("customers_cycle_days", Double.class),
                        row.getLong("intervals"),
                        row.getLong("repeat_buyers")),
                limits(row.getString("limits")));
    }

    private Map<String, Limits> limits(String stored) {
        try {
            return json.readValue(stored, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored thresholds cannot be read", e);
        }
    }

    public String write(ModelDefinition definition) {
        return write((Object) definition);
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a model cannot be written", e);
        }
    }

    public ModelDefinition read(String definition) {
        try {
            return json.readValue(definition, ModelDefinition.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored model definition cannot be read", e);
        }
    }
}
