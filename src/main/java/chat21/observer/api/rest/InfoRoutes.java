package chat21.observer.api.rest;

/** Who is there: the calls that need no right. */
final class InfoRoutes extends ApiRoutes {

    InfoRoutes(chat21.observer.api.auth.TokenCheck tokens, chat21.observer.message.Payloads payloads) {
        super(tokens, payloads);
    }

    @Override
    void describe() {
        open("/", "show-banner", "Says who is there.", Answer.text("Chat21 Http Server, chat21-camel " + Version.NAME));
        open("/api/openapi.json", "show-openapi", "Describes this API.",
                Answer.json(Resource.bytes("/openapi.json")));
        get("/verify", "verify-token", "Shows what the caller's token says.", request -> Answer.json(
                request.payloads().write(Claims.json(request.payloads(), request.caller()))));
        get("/api/{app}/getInfo", "get-info", "Gives the version.", request -> Answer.json(request.payloads()
                .write(request.inOwnApp().payloads().newObject().put("v", Version.NAME))));
    }
}
