package io.regulars.campaign.template;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import io.quarkus.qute.Engine;
import io.quarkus.qute.Expression;
import io.quarkus.qute.IfSectionHelper;
import io.quarkus.qute.LoopSectionHelper;
import io.quarkus.qute.ResultMapper;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateNode.Origin;
import io.quarkus.qute.ValueResolvers;

/// Qute, cut down to what a marketer needs: variables, `?:` fallbacks, `{#if}`, and `{#for}` over recommended
/// products. It sees maps of texts and lists of those, and nothing else: no beans, no Java methods, no
/// includes. One engine escapes for HTML, the other does not.
final class Templates {

    private static final int KEPT = 2_000;

    /// A value that would run as code where a link begins with it.
    private static final Pattern CODE =
            Pattern.compile("(?is)^([\\s\\p{Cntrl}]*(?:javascript|vbscript|data|blob|file))[\\s\\p{Cntrl}]*:");

    static final Templates PLAIN = new Templates(UnaryOperator.identity());
    static final Templates HTML = new Templates(value -> escape(inert(value)));

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
                .addSectionHelper(new LoopSectionHelper.Factory())
                .addValueResolver(ValueResolvers.mapResolver())
                // where a loop stands
                .addValueResolver(ValueResolvers.mapperResolver())
                .addValueResolver(ValueResolvers.orResolver())
                .addResultMapper(new ResultMapper() {
                    @Override
                    public boolean appliesTo(Origin origin, Object result) {
                        return true;
                    }

                    @Override
                    public String map(Object result, Expression expression) {
                        // a list is for loops and conditions
                        return result instanceof Collection<?> ? "" : escape.apply(String.valueOf(result));
                    }
                })
                .strictRendering(true)
                .build();
    }

    /// @throws io.quarkus.qute.TemplateException where it is no template; the message says why
    Template parse(String text) {
        return parsed.computeIfAbsent(text, engine::parse);
    }

    /// As a text it reads the same; as a link it leads nowhere.
    static String inert(String value) {
        return value.indexOf(':') < 0 ? value : CODE.matcher(value).replaceFirst("$1：");
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
