package io.regulars.scoring;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "io.regulars", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule FEATURES_FORM_NO_CYCLE =
            slices().matching("io.regulars.scoring.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule OF_REGULARS_ONLY_EVENTS_AND_KIT_ARE_SHARED = noClasses()
            .that()
            .resideInAPackage("io.regulars.scoring..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.regulars.customer..",
                    "io.regulars.campaign..",
                    "io.regulars.embedded..",
                    "io.regulars.local..");

    @ArchTest
    static final ArchRule THE_MODEL_KNOWS_NO_CONTAINER = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.regulars.scoring.tier..", "io.regulars.scoring.group..", "io.regulars.scoring.lifecycle..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta..", "io.quarkus..", "org.jdbi..");
}
