using System.IO.MemoryMappedFiles;
using System.Text;

namespace MlOps.Fuzz;

/// <summary>What a thread reads at the moment, in a file that outlives the process: native code can end it without a word.</summary>
internal sealed class CurrentInput : IDisposable
{
    private const int Capacity = 1 << 20;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    public CurrentInput(string folder, int slot)
    {
        _file = MemoryMappedFile.CreateFromFile(PathOf(folder, slot), FileMode.Create, null, Capacity);
        _view = _file.CreateViewAccessor();
    }

    public void Write(long index, string target, byte[] input)
    {
        var length = Math.Min(input.Length, Capacity - 64);
        _view.Write(0, index);
        _view.Write(8, length);
        _view.WriteArray(12, Encoding.ASCII.GetBytes(target.PadRight(20)), 0, 20);
        _view.WriteArray(32, input, 0, length);
    }

    /// <summary>What was read when the process ended.</summary>
    public static IEnumerable<(long Index, string Target, byte[] Input)> Left(string folder)
    {
        for (var slot = 0; File.Exists(PathOf(folder, slot)); slot++)
        {
            var bytes = File.ReadAllBytes(PathOf(folder, slot));
            if (BitConverter.ToInt32(bytes, 8) is > 0 and var length)
            {
                yield return (BitConverter.ToInt64(bytes, 0), Encoding.ASCII.GetString(bytes, 12, 20).Trim(), bytes[32..(32 + length)]);
            }
        }
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }

    private static string PathOf(string folder, int slot) => Path.Combine(folder, $"current-{slot}.bin");
}
