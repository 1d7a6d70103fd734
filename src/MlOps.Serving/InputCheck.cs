using System.Globalization;
using MlOps.Registry;

namespace MlOps.Serving;

/// <summary>Judges inputs before the model sees them.</summary>
internal sealed class InputCheck<TIn>(ModelReference reference, Func<TIn, string?> problem, InvalidInputHandling handling)
{
    private const int ShownInputs = 5;
    private readonly KeyValuePair<string, object?> _model = new("mlops.model", reference.Name);

    /// <summary>What is wrong with an input that is answered nevertheless; null for nothing.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidInput"/>: it is refused.</exception>
    public string? Judge(TIn input)
    {
        if (problem(input) is not { } found)
        {
            return null;
        }

        ServingTelemetry.InvalidInputs.Add(1, _model);
        return handling == InvalidInputHandling.Flag
            ? found
            : throw new MlOpsException(ErrorCodes.InvalidInput, $"{reference} made no prediction, because the input breaks its rules:\n{found}");
    }

    /// <summary>The same for each of many; null when all are right.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidInput"/>: one is refused; the message names the first by position.</exception>
    public string?[]? Judge(IReadOnlyList<TIn> inputs)
    {
        string?[]? found = null;
        var wrong = 0;
        for (var i = 0; i < inputs.Count; i++)
        {
            if (problem(inputs[i]) is { } words)
            {
                wrong++;
                (found ??= new string?[inputs.Count])[i] = words;
            }
        }

        if (found is null)
        {
            return null;
        }

        ServingTelemetry.InvalidInputs.Add(wrong, _model);
        if (handling == InvalidInputHandling.Flag)
        {
            return found;
        }

        var shown = found.Select((words, i) => (Words: words, Position: i)).Where(input => input.Words is not null).Take(ShownInputs)
            .Select(input => string.Create(CultureInfo.InvariantCulture, $"input {input.Position}: {input.Words!.ReplaceLineEndings("; ")}"));
        throw new MlOpsException(
            ErrorCodes.InvalidInput,
            string.Create(CultureInfo.InvariantCulture, $"{reference} made no prediction, because {wrong} of {inputs.Count} inputs break their rules:\n{string.Join('\n', shown)}")
            + (wrong > ShownInputs ? "\n…" : ""));
    }
}
