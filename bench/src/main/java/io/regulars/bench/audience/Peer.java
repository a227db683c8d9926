package io.regulars.bench.audience;

import java.util.List;

/// Something else that holds the same customers and answers the same questions.
interface Peer {

    String name();

    Counted count(Question question) throws Exception;

    /// The merchant's own ids of some of them, in an order that looks random.
    List<String> page(Question question, int limit) throws Exception;
}
