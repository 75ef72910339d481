#include "core/serve/oip_server.h"

#include <fmt/format.h>
#include <httplib.h>
#include <charconv>
#include <thread>

#include "core/serve/served_models.h"
#include "core/serve/wire.h"

namespace lathe::serve {

namespace {

using Request = httplib::Request;
using Response = httplib::Response;

constexpr std::size_t kLargestBody = 1u << 30;
constexpr const char* kJson = "application/json";

void answer(Response& response, const Json& json, int status = 200) {
    response.status = status;
    response.set_content(json.dump(-1, ' ', false, Json::error_handler_t::replace), kJson);
}

int statusOf(ErrorCode code) {
    switch (code) {
        case ErrorCode::NotFound: return 404;
        case ErrorCode::EngineDied:
        case ErrorCode::EngineFailed: return 500;
        default: return 400;
    }
}

void refuse(Response& response, const Error& error) {
    answer(response, {{"error", error.text()}}, statusOf(error.code));
}

std::optional<std::size_t> jsonLength(const Request& request) {
    if (!request.has_header(kJsonLengthHeader)) return std::nullopt;
    const auto text = request.get_header_value(kJsonLengthHeader);
    std::size_t length = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), length);
    return parsed.ec == std::errc() && parsed.ptr == text.data() + text.size() ? length : std::numeric_limits<std::size_t>::max();
}

/// Shape of the one tensor in the engine's description; -1 takes any size.
Result<> checkShape(const Json& expected, const NamedTensor& given) {
    const auto shape = expected.at("shape").get<std::vector<std::int64_t>>();
    bool fits = shape.size() == given.tensor.shape.size();
    for (std::size_t k = 0; fits && k < shape.size(); ++k) fits = shape[k] < 0 || shape[k] == given.tensor.shape[k];
    if (fits && given.tensor.shape.at(0) > 0) return {};
    return fail(ErrorCode::InvalidArgument, fmt::format("input \"{}\" must have the shape {}", given.name, Json(shape).dump()));
}

Result<> checkInputs(const ServedModel& served, const InferRequest& request) {
    const auto& inputs = served.model->inputs();
    if (request.inputs.size() != inputs.size()) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("the model takes {} input, the request has {}", inputs.size(), request.inputs.size()));
    }
    for (std::size_t k = 0; k < inputs.size(); ++k) {
        const auto name = inputs[k].at("name").get<std::string>();
        if (request.inputs[k].name != name) {
            return fail(ErrorCode::InvalidArgument,
                        fmt::format("the model's input is called \"{}\", not \"{}\"", name, request.inputs[k].name));
        }
        LATHE_CHECK(checkShape(inputs[k], request.inputs[k]));
    }
    return {};
}

Result<std::string> outputName(const ServedModel& served, const InferRequest& request) {
    const auto name = served.model->outputs().at(0).at("name").get<std::string>();
    for (const auto& wanted : request.outputs) {
        if (wanted != name)
            return fail(ErrorCode::InvalidArgument, fmt::format("the model's output is called \"{}\", not \"{}\"", name, wanted));
    }
    return name;
}

Result<WireBody> inferBody(const ServedModel& served, const Request& http) {
    LATHE_TRY(const auto request, readRequest(http.body, jsonLength(http)));
    LATHE_CHECK(checkInputs(served, request));
    LATHE_TRY(const auto name, outputName(served, request));
    LATHE_TRY(auto output, served.model->infer(request.inputs.front().tensor));
    InferResponse response{served.name, served.version, request.id, {}};
    response.outputs.push_back({name, std::move(output)});
    return writeResponse(response, request.binaryOutput);
}

Result<Json> bodyJson(const Request& request) {
    if (request.body.empty()) return Json::object();
    LATHE_TRY(auto json, base::parseJson(request.body, "body"));
    if (!json.is_object()) return fail(ErrorCode::InvalidArgument, "the body must be a JSON object");
    return json;
}

}  // namespace

struct OipServer::Impl {
    explicit Impl(std::shared_ptr<rpc::Engine> engine) : models(std::move(engine)) { route(); }

    ServedModels models;
    httplib::Server http;
    std::thread thread;

    void route();
    void routeModels();
    void routeRepository();

    using OnModel = std::function<void(const ServedModel&, const Request&, Response&)>;
    /// Name and version are the first two groups of the route.
    auto withModel(OnModel handle) {
        return [this, handle = std::move(handle)](const Request& request, Response& response) {
            const auto served = models.find(request.matches[1].str(), request.matches[2].str());
            if (!served) return refuse(response, served.error());
            handle(**served, request, response);
        };
    }
};

void OipServer::Impl::route() {
    http.set_tcp_nodelay(true);
    // Without SO_REUSEPORT, which would let a second server take half of the requests.
    http.set_socket_options([](auto socket) {
        const int yes = 1;
        ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
    });
    http.set_payload_max_length(kLargestBody);
    http.set_exception_handler([](const Request&, Response& response, const std::exception_ptr& pointer) {
        try {
            std::rethrow_exception(pointer);
        } catch (const std::exception& error) {
            answer(response, {{"error", error.what()}}, 400);
        }
    });
    http.set_error_handler([](const Request& request, Response& response) {
        if (response.body.empty())
            answer(response, {{"error", "nothing answers to " + request.method + " " + request.path}}, response.status);
    });
    http.Get("/v2/?", [](const Request&, Response& response) {
        answer(response, {{"name", "lathe"},
                          {"version", LATHE_VERSION},
                          {"extensions", {"binary_tensor_data", "model_repository", "lathe_package"}}});
    });
    http.Get("/v2/health/live", [](const Request&, Response& response) { answer(response, {{"live", true}}); });
    http.Get("/v2/health/ready", [](const Request&, Response& response) { answer(response, {{"ready", true}}); });
    routeModels();
    routeRepository();
}

void OipServer::Impl::routeModels() {
    const std::string model = "/v2/models/([^/]+)(?:/versions/([^/]+))?";
    http.Get(model, withModel([this](const ServedModel& served, const Request&, Response& response) {
                 answer(response, served.metadata(models.versionsOf(served.name)));
             }));
    http.Get(model + "/ready", withModel([](const ServedModel& served, const Request&, Response& response) {
                 answer(response, {{"name", served.name}, {"ready", true}});
             }));
    http.Post(model + "/infer", withModel([](const ServedModel& served, const Request& request, Response& response) {
                  const auto body = inferBody(served, request);
                  if (!body) return refuse(response, body.error());
                  if (body->jsonLength) response.set_header(kJsonLengthHeader, std::to_string(*body->jsonLength));
                  response.set_content(body->bytes, body->contentType());
              }));
}

void OipServer::Impl::routeRepository() {
    http.Post("/v2/repository/index", [this](const Request& request, Response& response) {
        const auto body = bodyJson(request);
        if (!body) return refuse(response, body.error());
        answer(response, models.index(body->value("ready", false)));
    });
    http.Post("/v2/repository/models/([^/]+)/load", [this](const Request& request, Response& response) {
        const auto body = bodyJson(request);
        if (!body) return refuse(response, body.error());
        const auto loaded = models.load(request.matches[1].str(), body->value("parameters", Json::object()));
        return loaded ? answer(response, Json::object()) : refuse(response, loaded.error());
    });
    http.Post("/v2/repository/models/([^/]+)/unload", [this](const Request& request, Response& response) {
        const auto unloaded = models.unload(request.matches[1].str());
        return unloaded ? answer(response, Json::object()) : refuse(response, unloaded.error());
    });
}

OipServer::OipServer(std::shared_ptr<rpc::Engine> engine) : m_impl(std::make_unique<Impl>(std::move(engine))) {}

OipServer::~OipServer() {
    stop();
}

Result<> OipServer::addModel(const std::filesystem::path& package) {
    return m_impl->models.add(package);
}

void OipServer::setRepository(const std::filesystem::path& folder) {
    m_impl->models.setRepository(folder);
}

Result<std::string> OipServer::start(int port) {
    constexpr const char* kHost = "127.0.0.1";
    if (m_impl->thread.joinable()) return fail(ErrorCode::AlreadyExists, "The server is running already.");
    const int bound = port == 0 ? m_impl->http.bind_to_any_port(kHost) : m_impl->http.bind_to_port(kHost, port) ? port : -1;
    if (bound <= 0)
        return fail(ErrorCode::Network, fmt::format("Port {} can't be used; choose another, or 0 for a free one.", port));
    m_impl->thread = std::thread([server = &m_impl->http] { server->listen_after_bind(); });
    while (!m_impl->http.is_running()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return fmt::format("http://{}:{}", kHost, bound);
}

void OipServer::stop() {
    if (!m_impl->thread.joinable()) return;
    m_impl->http.stop();
    m_impl->thread.join();
}

}  // namespace lathe::serve
