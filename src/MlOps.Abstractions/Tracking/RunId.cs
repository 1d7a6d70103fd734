namespace MlOps.Tracking;

/// <summary>Names a run: 32 lower-case hexadecimal digits, of which the first twelve hold the start time, so that ids sort by start.</summary>
/// <param name="Value">The digits.</param>
public readonly record struct RunId(string Value)
{
    /// <summary>The first eight digits of the random part, for people.</summary>
    public string Short => Value.Length >= 8 ? Value[^8..] : Value;

    /// <inheritdoc/>
    public override string ToString() => Value;
}
