package io.regulars.campaign.template;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.quarkus.qute.Engine;
import io.quarkus.qute.Expression;
import io.quarkus.qute.IfSectionHelper;
import io.quarkus.qute.ResultMapper;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateNode.Origin;
import io.quarkus.qute.ValueResolvers;

/// Qute, cut down to what a marketer needs: variables, `?:` fallbacks and `{#if}`. It sees maps of texts and nothing
/// else: no beans, no Java methods, no includes, no loops. One engine escapes for HTML, the other does not.
final class Templates {

    private static final int KEPT = 2_000;

    static final Templates PLAIN = new Templates(UnaryOperator.identity());
    static final Templates HTML = new Templates(Templates::escape);

    private final Engine engine;
    private final Map<String, Template> parsed = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Template> eldest) {
            return size() > KEPT;
        }
    });

    private Templates(UnaryOperator<String> escape) {
        engine = Engine.builder()
                .addSectionHelper(new IfSectionHelper.Factory())
                .addValueResolver(ValueResolvers.mapResolver())
                .addValueResolver(ValueResolvers.orResolver())
                .addResultMapper(new ResultMapper() {
                    @Override
                    public boolean appliesTo(Origin origin, Object result) {
                        return true;
                    }

                    @Override
                    public String map(Object result, Expression expression) {
                        return escape.apply(String.valueOf(result));
                    }
                })
                .strictRendering(true)
                .build();
    }

    /// @throws io.quarkus.qute.TemplateException where it is no template; the message says why
    Template parse(String text) {
        return parsed.computeIfAbsent(text, engine::parse);
    }

    static String escape(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        text.chars().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append((char) c);
            }
        });
        return escaped.toString();
    }
}
