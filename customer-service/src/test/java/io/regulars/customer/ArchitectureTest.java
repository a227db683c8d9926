package io.regulars.customer;

import jakarta.ws.rs.POST;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.regulars.kit.idempotency.Idempotent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "io.regulars.customer", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule featuresHaveNoCycles =
            slices().matching("io.regulars.customer.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theServiceStandsOnEventsAndKitAlone = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.regulars.scoring..", "io.regulars.campaign..", "io.regulars.embedded..");

    /// A token is asked for anew, and who withdraws twice has withdrawn.
    @ArchTest
    static final ArchRule everyPostIsDoneOnce = methods()
            .that()
            .areAnnotatedWith(POST.class)
            .and()
            .areDeclaredInClassesThat()
            .haveNameNotMatching(".*\\.(TokenResource|UnsubscribeResource)")
            .should()
            .beAnnotatedWith(Idempotent.class)
            .orShould()
            .beDeclaredInClassesThat()
            .areAnnotatedWith(Idempotent.class);

    @ArchTest
    static final ArchRule onlyTheOutboxKnowsKafka =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("org.apache.kafka..");
}
