package io.regulars.bench.audience;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

import io.regulars.bench.shop.Baskets;
import io.regulars.bench.shop.Buyer;
import io.regulars.bench.shop.Member;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.Version;

/// The same customers in the library that the search servers are made of, merged into one segment: what such a server
/// would have to do at the least. One document each, with all that they bought in it.
final class LuceneAudience implements Peer, AutoCloseable {

    private static final String ORDER = "order";
    private static final String ID = "id";

    /// Held, because a logger that nobody holds forgets its level.
    private static final Logger QUIET = Logger.getLogger("org.apache.lucene");

    private final DirectoryReader reader;
    private final IndexSearcher searcher;

    private LuceneAudience(DirectoryReader reader) {
        this.reader = reader;
        this.searcher = new IndexSearcher(reader);
    }

    /// @param folder to hold the index
    static LuceneAudience index(Iterable<Member> members, long seed, Path folder) throws IOException {
        QUIET.setLevel(Level.SEVERE);
        var directory = new MMapDirectory(folder);
        try (var writer = new IndexWriter(directory, new IndexWriterConfig().setRAMBufferSizeMB(128))) {
            for (var member : members) {
                writer.addDocument(document(member, seed));
            }
            writer.forceMerge(1);
        }
        return new LuceneAudience(DirectoryReader.open(directory));
    }

    private static Document document(Member member, long seed) {
        var document = new Document();
        document.add(new StoredField(ID, Buyer.externalId(member.number())));
        document.add(new LongField(ORDER, Baskets.random(seed, member.number()).nextLong(), Store.NO));
        keyword(document, "gender", member.gender());
        keyword(document, "birthdayMonth", Integer.toString(member.birthday().getMonthValue()));
        keyword(document, "region", member.region());
        keyword(document, "city", member.city());
        keyword(document, "tier", member.tier());
        keyword(document, "group", member.group());
        keyword(document, "stage", member.stage());
        member.tags().forEach(tag -> keyword(document, "tags", tag));
        consent(document, "email", Boolean.TRUE.equals(member.emailConsent()));
        consent(document, "sms", Boolean.TRUE.equals(member.smsConsent()));
        document.add(new LongField("frequency", member.frequency(), Store.NO));
        document.add(new LongField("monetary", member.monetary(), Store.NO));
        document.add(new LongField("lastOrderDay", member.lastOrderDay().toEpochDay(), Store.NO));
        document.add(new LongField(
                "customerSince",
                LocalDate.ofInstant(member.since(), Question.ZONE).toEpochDay(),
                Store.NO));
        for (var bought : member.bought()) {
            document.add(new LongPoint(
                    LuceneQuery.boughtAt(bought.product().code()), bought.at().toEpochMilli()));
            keyword(document, "boughtCategory", bought.product().category());
        }
        return document;
    }

    /// All have an address of each kind, and nobody refuses the inbox.
    private static void consent(Document document, String channel, boolean given) {
        if (given) {
            keyword(document, "consent", channel);
        }
    }

    private static void keyword(Document document, String field, String value) {
        document.add(new StringField(field, value, Store.NO));
    }

    @Override
    public String name() {
        return "Lucene";
    }

    String version() {
        return Version.LATEST + ", in this process, one segment, without the incubating vector module";
    }

    @Override
    public Counted count(Question question) throws IOException {
        var query = LuceneQuery.of(question, Instant.now());
        var customers = searcher.count(query);
        return new Counted(customers, reachable(query, "email"), reachable(query, "sms"), customers);
    }

    private long reachable(Query query, String channel) throws IOException {
        return searcher.count(new BooleanQuery.Builder()
                .add(query, Occur.FILTER)
                .add(new TermQuery(new Term("consent", channel)), Occur.FILTER)
                .build());
    }

    @Override
    public List<String> page(Question question, int limit) throws IOException {
        var order = new Sort(LongField.newSortField(ORDER, false, SortedNumericSelector.Type.MIN));
        var found = searcher.search(LuceneQuery.of(question, Instant.now()), limit, order);
        var ids = new ArrayList<String>();
        for (var hit : found.scoreDocs) {
            ids.add(searcher.storedFields().document(hit.doc).get(ID));
        }
        return ids;
    }

    @Override
    public void close() throws IOException {
        reader.close();
        reader.directory().close();
    }
}
