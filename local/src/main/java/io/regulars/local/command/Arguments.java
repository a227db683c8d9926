package io.regulars.local.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The words after a command's name.
///
/// @param words those that are no options, in their order
/// @param flags options without a value
/// @param values options with one
public record Arguments(List<String> words, Set<String> flags, Map<String, String> values) {

    /// @throws UsageException on an option that the command does not know, or a missing value
    static Arguments parse(List<String> arguments, Set<String> knownFlags, Set<String> knownValues, int mostWords) {
        var words = new ArrayList<String>();
        var flags = new HashSet<String>();
        var values = new HashMap<String, String>();
        for (var rest = arguments.iterator(); rest.hasNext(); ) {
            var word = rest.next();
            var equals = word.indexOf('=');
            var name = equals > 0 ? word.substring(0, equals) : word;
            if (knownFlags.contains(word)) {
                flags.add(word);
            } else if (knownValues.contains(name)) {
                if (equals < 0 && !rest.hasNext()) {
                    throw new UsageException(name + " needs a value");
                }
                values.put(name, equals > 0 ? word.substring(equals + 1) : rest.next());
            } else if (word.startsWith("-") && word.length() > 1) {
                throw new UsageException("unknown option " + word);
            } else {
                words.add(word);
            }
        }
        if (words.size() > mostWords) {
            throw new UsageException("one word too many: " + words.get(mostWords));
        }
        return new Arguments(List.copyOf(words), Set.copyOf(flags), Map.copyOf(values));
    }

    boolean has(String flag) {
        return flags.contains(flag);
    }
}
