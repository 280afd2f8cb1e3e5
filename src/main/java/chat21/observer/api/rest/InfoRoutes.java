package chat21.observer.api.rest;

import java.util.Objects;

import chat21.observer.api.auth.TokenCheck;
import chat21.observer.http.Resource;
import chat21.observer.message.Payloads;

/** Who is there: the calls that need no right. */
final class InfoRoutes extends ApiRoutes {

    // As the jar says.
    private static final String VERSION =
            Objects.requireNonNullElse(InfoRoutes.class.getPackage().getImplementationVersion(), "development");

    InfoRoutes(TokenCheck tokens, Payloads payloads) {
        super(tokens, payloads);
    }

    @Override
    void describe() {
        open("/", "show-banner", "Says who is there.", Answer.text("Chat21 Http Server, chat21-camel " + VERSION));
        open("/api/openapi.json", "show-openapi", "Describes this API.",
                Answer.json(Resource.bytes("/openapi.json")));
        get("/verify", "verify-token", "Shows what the caller's token says.", request -> Answer.json(
                request.payloads().write(request.payloads().fromMap(request.caller().claims()))));
        get("/api/{app}/getInfo", "get-info", "Gives the version.", request -> Answer.json(request.payloads()
                .write(request.inOwnApp().payloads().newObject().put("v", VERSION))));
    }
}
