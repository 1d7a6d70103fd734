namespace MlOps.Registry;

/// <summary>The name, type and shape of one input or output of a model.</summary>
public sealed record TensorSpec
{
    /// <summary>The name that the model knows it by.</summary>
    public required string Name { get; init; }

    /// <summary>The elements' type.</summary>
    public required TensorElementType ElementType { get; init; }

    /// <summary>The shape without the batch dimension: empty for one value a row, <c>[30]</c> for a vector of 30.</summary>
    public IReadOnlyList<int> Shape { get; init; } = [];

    /// <summary>How many elements one row has.</summary>
    public int ElementsPerRow => Shape.Aggregate(1, (product, size) => checked(product * size));

    /// <inheritdoc/>
    public override string ToString() => Shape.Count == 0 ? $"{Name}: {ElementType}" : $"{Name}: {ElementType}[{string.Join(", ", Shape)}]";
}
