using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MlOps.Storage;

namespace MlOps.Registry;

/// <summary>The identity of a model package: equal packages have equal hashes on every machine.</summary>
/// <remarks>
/// SHA-256 over length-prefixed fields (so that no two different packages share a byte sequence): flavor, entry point, signature, then path
/// and hash of each file in path order. Metadata is left out: it describes how the package was made and not what it does.
/// </remarks>
internal static class ModelHash
{
    public static ContentHash Of(ModelPackage package)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, "mlops-model-1");
        Add(hash, package.Flavor);
        Add(hash, package.EntryPoint);
        Add(hash, package.Signature.Inputs);
        Add(hash, package.Signature.Outputs);
        Add(hash, package.Files.Count);
        foreach (var file in package.Files.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            Add(hash, file.Path);
            Add(hash, file.Hash.Value);
        }

        return ContentHash.FromSha256(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, IReadOnlyList<TensorSpec> tensors)
    {
        Add(hash, tensors.Count);
        foreach (var tensor in tensors)
        {
            Add(hash, tensor.Name);
            Add(hash, tensor.ElementType.ToString());
            Add(hash, tensor.Shape.Count);
            foreach (var size in tensor.Shape)
            {
                Add(hash, size);
            }
        }
    }

    private static void Add(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Add(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
