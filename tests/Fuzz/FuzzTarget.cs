namespace MlOps.Fuzz;

/// <summary>A reader, and inputs that come near to what it reads.</summary>
internal abstract class FuzzTarget
{
    /// <summary>What <c>--only</c> calls it.</summary>
    public abstract string Name { get; }

    /// <summary>Its share of the inputs.</summary>
    public virtual int Weight => 1;

    /// <summary>Right inputs, which are then damaged.</summary>
    public abstract IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>What means something to the reader, put into inputs here and there.</summary>
    public virtual IReadOnlyList<byte[]> Tokens => [];

    /// <summary>Makes an input of the reader's grammar; null where only seeds are damaged.</summary>
    public virtual byte[]? Generate(Random random) => null;

    /// <summary>Reads all of the input. Anything but success and an <see cref="MlOpsException"/> is a finding.</summary>
    /// <param name="input">The bytes.</param>
    /// <param name="random">For options.</param>
    public abstract Task ReadAsync(byte[] input, Random random);
}
