namespace MlOps.Statistics;

/// <summary>Real numbers, states and parameters in payloads.</summary>
internal static class StreamPayload
{
    public static void Real(this PayloadWriter writer, double value) => writer.Fixed(BitConverter.DoubleToUInt64Bits(value));

    public static void State(this PayloadWriter writer, DetectorState state) => writer.Count((long)state);

    /// <summary>A number that may be infinite but not NaN: no state of a detector is.</summary>
    public static double Real(this ref PayloadReader reader)
    {
        var value = BitConverter.UInt64BitsToDouble(reader.Fixed());
        return double.IsNaN(value) ? throw PayloadReader.Damaged() : value;
    }

    public static int Int32(this ref PayloadReader reader)
    {
        var value = reader.Count();
        return value <= int.MaxValue ? (int)value : throw PayloadReader.Damaged();
    }

    public static bool Flag(this ref PayloadReader reader) =>
        reader.Count() is var value && value <= 1 ? value == 1 : throw PayloadReader.Damaged();

    public static ShiftDirection Direction(this ref PayloadReader reader) =>
        reader.Count() is var value && value <= (long)ShiftDirection.Down ? (ShiftDirection)value : throw PayloadReader.Damaged();

    public static DetectorState State(this ref PayloadReader reader) =>
        reader.Count() is var value && value <= (long)DetectorState.Drift ? (DetectorState)value : throw PayloadReader.Damaged();

    /// <summary>Builds from parameters that were read; parameters that a constructor refuses were not written by this package.</summary>
    public static T Build<T>(Func<T> constructor)
    {
        try
        {
            return constructor();
        }
        catch (ArgumentException)
        {
            throw PayloadReader.Damaged();
        }
    }
}
