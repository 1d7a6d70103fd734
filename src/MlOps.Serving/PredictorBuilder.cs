using MlOps.Features;

namespace MlOps.Serving;

/// <summary>Says how an input becomes the model's tensors, and how its output becomes an answer.</summary>
/// <remarks>
/// Names and types are checked against the signature of each version before it answers. The functions run on many threads at once.
/// </remarks>
/// <typeparam name="TIn">The type of the input.</typeparam>
/// <typeparam name="TOut">The type of the answer.</typeparam>
public sealed class PredictorBuilder<TIn, TOut>
{
    private readonly List<InputBinding<TIn>> _inputs = [];
    private FeatureService? _features;
    private Func<TIn, FeatureRequest>? _request;
    private OutputBinding<TOut>? _output;
    private Func<TIn, string>? _id;
    private Func<TIn, DateTimeOffset>? _eventTime;
    private Func<TOut, double>? _score;
    private string? _stream;
    private Func<TIn, string?>? _problem;
    private InvalidInputHandling _handling;

    internal PredictorBuilder()
    {
    }

    /// <summary>Fills a model input that has one element a row.</summary>
    /// <typeparam name="T">float, double, int, long, bool or string, as the signature says.</typeparam>
    public PredictorBuilder<TIn, TOut> Write<T>(string inputName, Func<TIn, T> value)
    {
        ArgumentException.ThrowIfNullOrEmpty(inputName);
        ArgumentNullException.ThrowIfNull(value);
        Binding.TypeOf<T>();
        _inputs.Add(new ScalarInput<TIn, T>(inputName, value));
        return this;
    }

    /// <summary>Fills a model input that has several elements a row.</summary>
    /// <typeparam name="T">float, double, int, long, bool or string, as the signature says.</typeparam>
    public PredictorBuilder<TIn, TOut> WriteVector<T>(string inputName, TensorWriter<TIn, T> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(inputName);
        ArgumentNullException.ThrowIfNull(write);
        Binding.TypeOf<T>();
        _inputs.Add(new VectorInput<TIn, T>(inputName, write));
        return this;
    }

    /// <summary>Fills every model input from the feature of its name; a missing number becomes NaN, a missing text the empty one.</summary>
    public PredictorBuilder<TIn, TOut> WithFeatures(FeatureService features, Func<TIn, FeatureRequest> request)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(request);
        (_features, _request) = (features, request);
        return this;
    }

    /// <summary>Makes the answer of an output that has one element a row.</summary>
    /// <typeparam name="T">float, double, int, long, bool or string, as the signature says.</typeparam>
    public PredictorBuilder<TIn, TOut> Read<T>(string outputName, Func<T, TOut> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputName);
        ArgumentNullException.ThrowIfNull(read);
        Binding.TypeOf<T>();
        _output = new ScalarOutput<T, TOut>(outputName, read);
        return this;
    }

    /// <summary>Makes the answer of an output that has several elements a row.</summary>
    /// <typeparam name="T">float, double, int, long, bool or string, as the signature says.</typeparam>
    public PredictorBuilder<TIn, TOut> ReadVector<T>(string outputName, TensorReader<T, TOut> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputName);
        ArgumentNullException.ThrowIfNull(read);
        Binding.TypeOf<T>();
        _output = new VectorOutput<T, TOut>(outputName, read);
        return this;
    }

    /// <summary>Names each prediction and the time of the event it concerns, so that the monitor can record it and join its outcome.</summary>
    public PredictorBuilder<TIn, TOut> Identify(Func<TIn, string> id, Func<TIn, DateTimeOffset> eventTime)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(eventTime);
        (_id, _eventTime) = (id, eventTime);
        return this;
    }

    /// <summary>Takes from an answer the number that the monitor watches: a probability, or the value of a regression.</summary>
    public PredictorBuilder<TIn, TOut> Score(Func<TOut, double> score)
    {
        ArgumentNullException.ThrowIfNull(score);
        _score = score;
        return this;
    }

    /// <summary>Watches the predictions under a name of their own instead of the model's: a deployment, a replay, one of several sites.</summary>
    public PredictorBuilder<TIn, TOut> MonitorAs(string stream)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(stream);
        _stream = stream;
        return this;
    }

    /// <summary>Judges each input before the model sees it; the last call counts.</summary>
    /// <remarks>For a type with checks as attributes, the package <c>MlOps</c> has <c>CheckRows()</c>.</remarks>
    /// <param name="problem">What is wrong with an input, in words; null for nothing.</param>
    /// <param name="handling">What becomes of an input that is wrong. Default: the call fails with <see cref="ErrorCodes.InvalidInput"/>.</param>
    public PredictorBuilder<TIn, TOut> CheckInput(Func<TIn, string?> problem, InvalidInputHandling handling = InvalidInputHandling.Refuse)
    {
        ArgumentNullException.ThrowIfNull(problem);
        (_problem, _handling) = (problem, handling);
        return this;
    }

    internal PredictorDefinition<TIn, TOut> Build(string reference)
    {
        if (_output is null)
        {
            throw Invalid(reference, "has no output: say with Read what an answer is made of");
        }

        if (_features is not null && _inputs.Count > 0)
        {
            throw Invalid(reference, "has both features and written inputs: use WithFeatures, or Write for each input");
        }

        if (_features is null && _inputs.Count == 0)
        {
            throw Invalid(reference, "has no input: use WithFeatures, or Write for each input");
        }

        if (_inputs.GroupBy(input => input.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw Invalid(reference, $"writes the input '{twice.Key}' twice: write it once");
        }

        return new PredictorDefinition<TIn, TOut>([.. _inputs], _features, _request, _output, _id, _eventTime, _score, _stream)
        {
            Problem = _problem,
            Handling = _handling,
        };
    }

    private static MlOpsException Invalid(string reference, string what) =>
        new(ErrorCodes.InvalidConfiguration, $"The predictor of {reference} {what}.");
}
