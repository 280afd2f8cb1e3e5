package chat21.observer.database;

import java.util.Arrays;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

/** Keeps an older application from writing into what a newer one has laid out anew. */
final class NewerSchema {

    private NewerSchema() {
    }

    /** @throws IllegalStateException if the schema has a version that is not known here */
    static void refuse(Flyway flyway) {
        MigrationInfo[] all = flyway.info().all();
        Arrays.stream(all).filter(each -> each.getState().isApplied() && !each.getState().isResolved())
                .reduce((one, later) -> later).ifPresent(newest -> {
                    String known = Arrays.stream(all).filter(each -> each.getState().isResolved())
                            .reduce((one, later) -> later).map(each -> each.getVersion().toString()).orElse("none");
                    throw new IllegalStateException("its schema has version " + newest.getVersion()
                            + ", which a newer chat21-camel made, and this one knows versions up to " + known
                            + "; start the newer one, or restore a copy from before");
                });
    }
}
