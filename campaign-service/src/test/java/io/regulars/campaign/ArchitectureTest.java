package io.regulars.campaign;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.regulars.campaign");

    @Test
    void featuresFormNoCycle() {
        slices().matching("io.regulars.campaign.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void nothingIsSharedWithOtherServices() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.regulars.customer..",
                        "io.regulars.scoring..",
                        "io.regulars.local..",
                        "io.regulars.embedded..")
                .check(CLASSES);
    }

    @Test
    void templatesSeeNoContainer() {
        noClasses()
                .that()
                .resideInAPackage("io.regulars.campaign.template..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.enterprise..", "jakarta.inject..", "io.quarkus.arc..")
                .check(CLASSES);
    }
}
