package io.regulars.campaign.audience;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regulars.events.Channel;
import io.regulars.events.CustomerChanged;
import org.jdbi.v3.core.Jdbi;

/// Applies who the customers are and what they allow.
@ApplicationScoped
public class Profiles {

    /// In the order of the key: batches of several topics lock the same rows.
    private static final String APPLY = """
            insert into audience (merchant_id, customer_id, profile_version, external_id, name, gender, birthday, region,
              city, language, time_zone, phone, email, tags, interests, attributes, need_type, customer_since,
              sms_consent, email_consent, inbox_consent, unsubscribe_token, erased)
            select merchant_id, customer_id, profile_version, external_id, name, gender, birthday, region,
              city, language, time_zone, phone, email,
              array(select jsonb_array_elements_text(tags)), array(select jsonb_array_elements_text(interests)),
              attributes, need_type, customer_since, sms_consent, email_consent, inbox_consent, unsubscribe_token, erased
            from jsonb_to_recordset(:rows::jsonb) as r (merchant_id int, customer_id bigint, profile_version bigint,
              external_id text, name text, gender text, birthday date, region text, city text, language text,
              time_zone text, phone text, email text, tags jsonb, interests jsonb, attributes jsonb, need_type text,
              customer_since timestamptz, sms_consent boolean, email_consent boolean, inbox_consent boolean,
              unsubscribe_token text, erased boolean)
            order by merchant_id, customer_id
            on conflict (merchant_id, customer_id) do update set
              profile_version = excluded.profile_version, external_id = excluded.external_id, name = excluded.name,
              gender = excluded.gender, birthday = excluded.birthday, region = excluded.region, city = excluded.city,
              language = excluded.language, time_zone = excluded.time_zone, phone = excluded.phone,
              email = excluded.email, tags = excluded.tags, interests = excluded.interests,
              attributes = excluded.attributes, need_type = excluded.need_type,
              customer_since = excluded.customer_since, sms_consent = excluded.sms_consent,
              email_consent = excluded.email_consent, inbox_consent = excluded.inbox_consent,
              unsubscribe_token = excluded.unsubscribe_token, erased = excluded.erased
            where audience.profile_version < excluded.profile_version
            """;

    private final Jdbi jdbi;
    private final ObjectMapper json;
    private final Zones zones;

    Profiles(Jdbi jdbi, ObjectMapper json, Zones zones) {
        this.jdbi = jdbi;
        this.json = json;
        this.zones = zones;
    }

    public void apply(List<CustomerChanged> customers) {
        ArrayNode rows = json.createArrayNode();
        customers.forEach(customer -> rows.add(row(customer)));
        jdbi.useHandle(handle ->
                handle.createUpdate(APPLY).bind("rows", rows.toString()).execute());
        zones.note(customers.stream()
                .filter(customer -> customer.timeZone() != null)
                .map(customer -> new Zones.InZone(customer.merchantId(), customer.timeZone()))
                .distinct()
                .toList());
    }

    private ObjectNode row(CustomerChanged customer) {
        ObjectNode row = json.createObjectNode()
                .put("merchant_id", customer.merchantId())
                .put("customer_id", customer.customerId())
                .put("profile_version", customer.version())
                .put("external_id", customer.externalId())
                .put("name", customer.name())
                .put("gender", customer.gender())
                .put("region", customer.region())
                .put("city", customer.city())
                .put("language", customer.language())
                .put("time_zone", customer.timeZone())
                .put("phone", customer.phone())
                .put("email", customer.email())
                .put("need_type", customer.needType())
                .put("sms_consent", consent(customer, Channel.SMS))
                .put("email_consent", consent(customer, Channel.EMAIL))
                .put("inbox_consent", consent(customer, Channel.INBOX))
                .put("unsubscribe_token", customer.unsubscribeToken())
                .put("erased", customer.erased());
        row.put(
                "birthday",
                customer.birthday() == null ? null : customer.birthday().toString());
        row.put(
                "customer_since",
                customer.createdAt() == null ? null : customer.createdAt().toString());
        row.set("tags", json.valueToTree(customer.tags()));
        row.set("interests", json.valueToTree(customer.interests()));
        row.set("attributes", json.valueToTree(customer.attributes()));
        return row;
    }

    private static Boolean consent(CustomerChanged customer, Channel channel) {
        var consent = customer.consents().get(channel);
        return consent == null ? null : consent.granted();
    }
}
