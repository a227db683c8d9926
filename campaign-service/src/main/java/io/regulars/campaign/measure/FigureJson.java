package io.regulars.campaign.measure;

import java.io.IOException;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.quarkus.jackson.ObjectMapperCustomizer;
import io.regulars.campaign.lift.Rounded;

/// Writes every figure of an answer to ten significant digits: 0.05 and not 0.04999999999999999. Inside they
/// stay as they were worked out.
@Singleton
class FigureJson implements ObjectMapperCustomizer {

    private static final class Figure extends JsonSerializer<Double> {
        @Override
        public void serialize(Double figure, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (Double.isFinite(figure)) {
                out.writeNumber(Rounded.of(figure));
            } else {
                out.writeNumber(figure);
            }
        }
    }

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.registerModule(new SimpleModule("figures")
                .addSerializer(Double.class, new Figure())
                .addSerializer(Double.TYPE, new Figure()));
    }
}
