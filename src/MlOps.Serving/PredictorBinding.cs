using MlOps.Data;
using MlOps.Features;
using MlOps.Registry;

namespace MlOps.Serving;

/// <summary>A predictor's definition matched with the signature of one generation.</summary>
internal sealed class PredictorBinding<TIn, TOut>
{
    private readonly PredictorDefinition<TIn, TOut> _definition;
    private readonly InputBinding<TIn>?[] _inputs;
    private readonly int[] _features;
    private readonly int _output;
    private readonly bool _sameOrder;

    public PredictorBinding(PredictorDefinition<TIn, TOut> definition, ModelGeneration? generation, ModelSignature signature)
    {
        _definition = definition;
        Generation = generation;
        _inputs = new InputBinding<TIn>?[signature.Inputs.Count];
        _features = new int[signature.Inputs.Count];
        if (definition.Features is { } service)
        {
            BindFeatures(service, signature);
            _sameOrder = _features.AsSpan().SequenceEqual([.. Enumerable.Range(0, service.Names.Count)]);
        }
        else
        {
            BindInputs(signature);
        }

        _output = Binding.IndexOf(signature.Outputs, definition.Output.Name, "output");
        definition.Output.Check(signature.Outputs[_output]);
        InputNames = [.. signature.Inputs.SelectMany(Names)];
    }

    public ModelGeneration? Generation { get; }

    /// <summary>One name an element: a vector's are numbered.</summary>
    public IReadOnlyList<string> InputNames { get; }

    public void Write(TIn input, FeatureVector? vector, IModelSession session, int row)
    {
        for (var index = 0; index < _inputs.Length; index++)
        {
            if (vector is not null)
            {
                FeatureValues.Write(vector.Values[_features[index]], session.Inputs[index], row);
            }
            else
            {
                _inputs[index]!.Write(input, session.Inputs[index], row);
            }
        }
    }

    public TOut Read(IModelSession session, int row) => _definition.Output.Read(session.Outputs[_output], row);

    public IReadOnlyList<FeatureValue> Snapshot(FeatureVector? vector, IModelSession session, int row)
    {
        if (vector is not null && _sameOrder)
        {
            return vector.Values;
        }

        var values = new FeatureValue[InputNames.Count];
        var next = 0;
        for (var index = 0; index < _inputs.Length; index++)
        {
            if (vector is not null)
            {
                values[next++] = vector.Values[_features[index]];
                continue;
            }

            var tensor = session.Inputs[index];
            var width = tensor.Spec.ElementsPerRow;
            for (var element = 0; element < width; element++)
            {
                values[next++] = FeatureValues.Read(tensor, (row * width) + element);
            }
        }

        return values;
    }

    private void BindFeatures(FeatureService service, ModelSignature signature)
    {
        var names = service.Names;
        for (var index = 0; index < signature.Inputs.Count; index++)
        {
            var spec = signature.Inputs[index];
            _features[index] = names.TakeWhile(name => !string.Equals(name, spec.Name, StringComparison.Ordinal)).Count();
            if (_features[index] == names.Count)
            {
                var nearest = NearestName.Of(spec.Name, names);
                throw new MlOpsException(
                    ErrorCodes.SignatureMismatch,
                    $"The model needs the input '{spec.Name}', which is no feature of the service '{service.Name}'."
                    + $"{(nearest is null ? "" : $" The nearest is '{nearest}'.")} Its features are: {string.Join(", ", names)}.");
            }

            if (spec.ElementsPerRow != 1)
            {
                throw new MlOpsException(
                    ErrorCodes.SignatureMismatch,
                    $"The model input '{spec}' has {spec.ElementsPerRow} elements a row, but a feature has one value: bind it with WriteVector.");
            }
        }
    }

    private void BindInputs(ModelSignature signature)
    {
        foreach (var input in _definition.Inputs)
        {
            var index = Binding.IndexOf(signature.Inputs, input.Name, "input");
            input.Check(signature.Inputs[index]);
            _inputs[index] = input;
        }

        for (var index = 0; index < _inputs.Length; index++)
        {
            if (_inputs[index] is null)
            {
                throw new MlOpsException(
                    ErrorCodes.SignatureMismatch,
                    $"The predictor does not write the model's input '{signature.Inputs[index]}': add a Write for it.");
            }
        }
    }

    private static IEnumerable<string> Names(TensorSpec spec) =>
        spec.ElementsPerRow == 1 ? [spec.Name] : Enumerable.Range(0, spec.ElementsPerRow).Select(index => $"{spec.Name}[{index}]");
}
