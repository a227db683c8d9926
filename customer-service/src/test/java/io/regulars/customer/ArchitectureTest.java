package io.regulars.customer;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

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

    @ArchTest
    static final ArchRule onlyTheOutboxKnowsKafka =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("org.apache.kafka..");
}
