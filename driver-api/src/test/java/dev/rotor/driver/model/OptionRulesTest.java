package dev.rotor.driver.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;

class OptionRulesTest {

    @Test
    void theHintThatIsGivenLastTakesThePlaceOfTheOther() {
        DeleteOptions byKeys = DeleteOptions.DEFAULT.hintString("born_1").hint(new Document("born", 1));
        assertThat(byKeys.hintString()).isNull();
        assertThat(byKeys.hint()).isEqualTo(new Document("born", 1));

        DeleteOptions byName = byKeys.hintString("born_1");
        assertThat(byName.hint()).isNull();
        assertThat(byName.hintString()).isEqualTo("born_1");
    }

    @Test
    void twoHintsAtOnceAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeleteOptions(null, new Document("born", 1), "born_1", null, null))
                .withMessageContaining("give one of them");
    }

    @Test
    void aStringCommentIsABsonString() {
        assertThat(InsertOneOptions.DEFAULT.comment("nightly import").comment())
                .isEqualTo(new BsonString("nightly import"));
        assertThat(InsertOneOptions.DEFAULT.comment("a").comment((String) null)).isEqualTo(InsertOneOptions.DEFAULT);
    }

    @Test
    void aNegativeTimeIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CountOptions.DEFAULT.maxTime(Duration.ofMillis(-1)))
                .withMessage("maxTime must not be negative: PT-0.001S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IndexOptions.DEFAULT.expireAfter(Duration.ofSeconds(-1)))
                .withMessageContaining("expireAfter");
    }

    @Test
    void countingNeedsALimitOfAtLeastOneAndNoNegativeSkip() {
        assertThat(CountOptions.DEFAULT.skip(0L).limit(1L))
                .isEqualTo(CountOptions.DEFAULT.limit(1L).skip(0L));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CountOptions.DEFAULT.limit(0L))
                .withMessage("limit must be positive: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CountOptions.DEFAULT.skip(-1L))
                .withMessage("skip must not be negative: -1");
    }

    @Test
    void aCappedCollectionNeedsASize() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CreateCollectionOptions.DEFAULT.capped(true))
                .withMessageContaining("needs a size in bytes");
        CreateCollectionOptions capped = CreateCollectionOptions.DEFAULT.capped(4096);
        assertThat(capped.capped()).isTrue();
        assertThat(capped.size()).isEqualTo(4096);
        assertThat(CreateCollectionOptions.DEFAULT.size(4096L).capped(true)).isEqualTo(capped);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CreateCollectionOptions.DEFAULT.capped(0))
                .withMessage("size must be positive: 0");
    }

    @Test
    void aTimeSeriesHasAGranularityOrBucketSettingsNotBoth() {
        TimeSeriesOptions byGranularity = TimeSeriesOptions.create("at").granularity(TimeSeriesGranularity.MINUTES);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> byGranularity.bucketMaxSpan(Duration.ofHours(1)))
                .withMessageContaining("not both");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> byGranularity.bucketRounding(Duration.ofHours(1)))
                .withMessageContaining("not both");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TimeSeriesOptions.create("at").bucketRounding(Duration.ZERO))
                .withMessage("bucketRounding must be positive: PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TimeSeriesOptions.create(""))
                .withMessage("timeField must not be empty");
    }

    @Test
    void arrayFiltersAreCopiedAndNoneOfThemMayBeMissing() {
        List<Bson> filters = new ArrayList<>(List.of(new Document("x.a", 1)));
        UpdateOptions options = UpdateOptions.DEFAULT.arrayFilters(filters);
        filters.clear();
        assertThat(options.arrayFilters()).containsExactly(new Document("x.a", 1));
        assertThatNullPointerException()
                .isThrownBy(() -> UpdateOptions.DEFAULT.arrayFilters(Arrays.asList(new Document("x.a", 1), null)))
                .withMessage("arrayFilters[1]");
    }

    @Test
    void aCollationIsTheDocumentOfTheSpecification() {
        Collation collation = Collation.create("fr")
                .caseLevel(true)
                .caseFirst(CollationCaseFirst.UPPER)
                .strength(CollationStrength.SECONDARY)
                .numericOrdering(true)
                .alternate(CollationAlternate.NON_IGNORABLE)
                .maxVariable(CollationMaxVariable.SPACE)
                .normalization(false)
                .backwards(true);
        assertThat(collation.toBsonDocument())
                .isEqualTo(new BsonDocument("locale", new BsonString("fr"))
                        .append("caseLevel", BsonBoolean.TRUE)
                        .append("caseFirst", new BsonString("upper"))
                        .append("strength", new BsonInt32(2))
                        .append("numericOrdering", BsonBoolean.TRUE)
                        .append("alternate", new BsonString("non-ignorable"))
                        .append("maxVariable", new BsonString("space"))
                        .append("normalization", BsonBoolean.FALSE)
                        .append("backwards", BsonBoolean.TRUE));
        assertThat(Collation.create("simple").toBsonDocument())
                .isEqualTo(new BsonDocument("locale", new BsonString("simple")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Collation.create(""))
                .withMessage("locale must not be empty");
    }

    @Test
    void aCommitQuorumIsANumberOfMembersOrAName() {
        assertThat(CommitQuorum.MAJORITY.value()).isEqualTo(new BsonString("majority"));
        assertThat(CommitQuorum.VOTING_MEMBERS.value()).isEqualTo(new BsonString("votingMembers"));
        assertThat(CommitQuorum.members(0).value()).isEqualTo(new BsonInt32(0));
        assertThatIllegalArgumentException().isThrownBy(() -> CommitQuorum.members(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> CommitQuorum.named(""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CommitQuorum(BsonBoolean.TRUE))
                .withMessageContaining("a number of members");
    }
}
