// JSON-RPC 2.0 with Content-Length framing (as the language server protocol): what workbench and engine say to each other.
//
// Requests (workbench -> engine), params -> result; every one may be cancelled by the notification $/cancel {id}:
//   initialize {protocol, client}        -> {protocol, engine:{version, torch}, capabilities:[method…],
//   devices:[{name,kind,memory}],
//                                            checks:[{name,ok,message}]}
//   predict    {model, images:[path…], ids?:[…], top?:5}
//                                        -> {classes:[…], seconds, predictions:[{image, path, class, index, confidence,
//                                        scores:[{class,confidence}]} | {path, error}]}
//   evaluate   {model, manifest, split}  -> {metrics:{}, per_class:[{class,precision,recall,f1,support}], confusion:[[]],
//   outcomes:[…]} explain    {model, image, method, class?, out} -> {method, class, index, score, files:[…],
//   scores:[{class,confidence}], checks:{}, seconds} package    {run, out}                -> {files:[…]}   weights.safetensors,
//   model.pt, model.onnx, preprocessing.json, labels.json, golden.safetensors, report.json load       {model}                   ->
//   {handle, inputs:[{name,datatype,shape}], outputs:[…], classes}    keeps a model warm infer      {handle, input:{shape,
//   data:base64 of little-endian float32}} -> {output:{shape, data}}   data already preprocessed unload     {handle} -> {}
//   preprocess {model, image}            -> {shape, data}
//   check      {folder, steps?, largest_batch?, memory?, trials?} -> {passed, failed, seconds, checks:[{name, ok, observed,
//                                        expected, message}], learning_rate, layers, memory, times, parameters, largest_batch}:
//                                        trials of the run in the folder before it is started; trials false: the largest batch
//                                        alone; memory: bytes that it may take on the processor
//   preview    {folder, out, count?, seed?} -> {pictures:[{file, image, objects | mask | words}], classes, width, height}
// Of a detector or segmenter predict gives objects:[{class, index, confidence, kind, box | mask}] in the place of scores.
//   shutdown   {}                        -> {}
// `model` is a run folder or a package folder. Notifications (engine -> workbench): $/progress {id, done, total, text}; $/log
// {level, text}. Error codes: -32700…-32603 as in the standard, -32800 cancelled, -32000 engine error with data {code
// (base::ErrorCode name), context}.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/base/json.h"

namespace lathe::rpc {

inline constexpr int kProtocolVersion = 1;

/// One framed message: "Content-Length: N\r\n\r\n" + body.
[[nodiscard]] std::string frame(std::string_view body);
[[nodiscard]] std::string frameOf(const Json& message);

inline constexpr int kParseError = -32700, kInvalidRequest = -32600, kMethodNotFound = -32601, kCancelled = -32800,
                     kEngineError = -32000;

/// The "error" member of a reply, and back.
[[nodiscard]] Json errorToJson(const Error& error);
[[nodiscard]] Error errorFromJson(const Json& json);

/// Cuts a byte stream into message bodies. A header without Content-Length, or over 1 GiB, is InvalidData.
class FrameReader {
public:
    /// Feeds bytes; whole bodies are taken with next().
    void feed(std::string_view bytes);
    /// A body, nullopt when more bytes are needed, an error when the stream is not ours.
    [[nodiscard]] Result<std::optional<std::string>> next();

private:
    std::string m_buffer;
    std::size_t m_at = 0;
};

}  // namespace lathe::rpc
