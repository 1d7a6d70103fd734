namespace MlOps.Statistics;

/// <summary>FHDDM, the fast Hoeffding drift detection method: a window's error rate against the lowest it had (Pesaranghader and Viktor,
/// 2016).</summary>
/// <remarks>
/// <para>
/// For the errors of a model, 0 where it was right and 1 where it was wrong, when a sudden and large change must be seen soon: with the
/// last n = 100 values' error rate r and its minimum since the last drift, r - r_min above sqrt(ln(1/delta) / 2n), delta = 1e-6, is a
/// drift. It never warns. Defaults are river's (<c>drift.binary.FHDDM</c>), which counts correct answers: the same rule with 1 - value.
/// </para>
/// <para>Any value but 0 and 1, an infinity too, is refused; NaN is left out.</para>
/// </remarks>
public sealed class Fhddm : IDriftDetector
{
    private const uint Tag = 0x4846_4D4D; // "MMFH"
    private readonly double _delta;
    private readonly double _threshold;
    private readonly BitWindow _window;
    private int _least;

    /// <summary>Begins with an empty window.</summary>
    /// <param name="window">How many values the window holds; there is no answer until it is full.</param>
    /// <param name="delta">The error probability of one comparison.</param>
    public Fhddm(int window = 100, double delta = 1e-6)
    {
        _delta = Parameter.Level(delta);
        _window = new BitWindow(Parameter.Within(1, 1_000_000, window));
        _threshold = Math.Sqrt(Math.Log(1 / delta) / (2.0 * window));
        _least = window;
    }

    /// <inheritdoc/>
    public DetectorState State { get; private set; }

    /// <summary>Reads what <see cref="ToArray"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are damaged, something else, or of another version.</exception>
    public static Fhddm Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PayloadReader(bytes, Tag, "FHDDM detector");
        var (window, delta) = (reader.Int32(), reader.Real());
        var detector = StreamPayload.Build(() => new Fhddm(window, delta));
        detector.State = reader.State();
        detector._least = reader.Int32();
        detector._window.Read(ref reader);
        reader.End();
        return detector;
    }

    /// <inheritdoc/>
    public DetectorState Update(double value)
    {
        if (StreamValue.IsMissingError(value))
        {
            return DetectorState.None;
        }

        if (State == DetectorState.Drift)
        {
            Reset();
        }

        _window.Add((int)value);
        if (!_window.IsFull)
        {
            return DetectorState.None;
        }

        _least = Math.Min(_least, _window.Ones);
        return State = (_window.Ones - _least) / (double)_window.Capacity > _threshold ? DetectorState.Drift : DetectorState.None;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _window.KeepLast(0);
        (State, _least) = (DetectorState.None, _window.Capacity);
    }

    /// <inheritdoc/>
    public byte[] ToArray()
    {
        var writer = new PayloadWriter(Tag);
        writer.Count(_window.Capacity);
        writer.Real(_delta);
        writer.State(State);
        writer.Count(_least);
        _window.Write(writer);
        return writer.Complete();
    }
}
