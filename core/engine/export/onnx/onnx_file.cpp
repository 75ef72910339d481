#include "core/engine/export/onnx/onnx_file.h"

#define ONNX_ML 1
#define ONNX_NAMESPACE onnx
#include <onnx/onnx_pb.h>

namespace lathe::engine::onnxfile {

namespace {

int dataType(ElementType type) {
    switch (type) {
        case ElementType::Int64: return onnx::TensorProto::INT64;
        case ElementType::Bool: return onnx::TensorProto::BOOL;
        case ElementType::Float32: break;
    }
    return onnx::TensorProto::FLOAT;
}

void write(const Tensor& tensor, onnx::TensorProto& proto) {
    proto.set_name(tensor.name);
    proto.set_data_type(dataType(tensor.type));
    for (const auto dim : tensor.dims) proto.add_dims(dim);
    proto.set_raw_data(tensor.bytes);
}

struct AttributeWriter {
    onnx::AttributeProto& proto;
    void operator()(std::int64_t value) const {
        proto.set_type(onnx::AttributeProto::INT);
        proto.set_i(value);
    }
    void operator()(float value) const {
        proto.set_type(onnx::AttributeProto::FLOAT);
        proto.set_f(value);
    }
    void operator()(const std::string& value) const {
        proto.set_type(onnx::AttributeProto::STRING);
        proto.set_s(value);
    }
    void operator()(const std::vector<std::int64_t>& values) const {
        proto.set_type(onnx::AttributeProto::INTS);
        for (const auto value : values) proto.add_ints(value);
    }
};

void write(const Node& node, onnx::NodeProto& proto) {
    proto.set_name(node.name);
    proto.set_op_type(node.op);
    for (const auto& input : node.inputs) proto.add_input(input);
    for (const auto& output : node.outputs) proto.add_output(output);
    for (const auto& [name, value] : node.attributes) {
        auto& attribute = *proto.add_attribute();
        attribute.set_name(name);
        std::visit(AttributeWriter{attribute}, value);
    }
}

void write(const Value& value, onnx::ValueInfoProto& proto) {
    proto.set_name(value.name);
    auto& type = *proto.mutable_type()->mutable_tensor_type();
    type.set_elem_type(onnx::TensorProto::FLOAT);
    for (const auto dim : value.dims) {
        auto& out = *type.mutable_shape()->add_dim();
        if (dim < 0) {
            out.set_dim_param("batch");
        } else {
            out.set_dim_value(dim);
        }
    }
}

void writeGraph(const Model& model, onnx::GraphProto& graph) {
    graph.set_name(model.name);
    for (const auto& node : model.nodes) write(node, *graph.add_node());
    for (const auto& tensor : model.initializers) write(tensor, *graph.add_initializer());
    for (const auto& value : model.inputs) write(value, *graph.add_input());
    for (const auto& value : model.outputs) write(value, *graph.add_output());
}

}  // namespace

Result<std::string> serialize(const Model& model) {
    onnx::ModelProto proto;
    proto.set_ir_version(kIrVersion);
    proto.set_producer_name("Lathe");
    proto.set_producer_version(LATHE_VERSION);
    auto& opset = *proto.add_opset_import();
    opset.set_domain("");
    opset.set_version(kOpset);
    writeGraph(model, *proto.mutable_graph());
    for (const auto& [key, value] : model.metadata) {
        auto& entry = *proto.add_metadata_props();
        entry.set_key(key);
        entry.set_value(value);
    }
    std::string bytes;
    if (proto.ByteSizeLong() > 0x7fffffffu || !proto.SerializeToString(&bytes)) {
        return fail(ErrorCode::Unsupported, "The ONNX file would be larger than the 2 GiB that the format allows.");
    }
    return bytes;
}

}  // namespace lathe::engine::onnxfile
