using System.Text;

namespace MlOps.Tracking;

/// <summary>What a program printed: a file of bounded length, and its end in memory.</summary>
/// <remarks>Safe to write to from two threads.</remarks>
internal sealed class ChildOutput(string file) : IDisposable
{
    private const long LongestFile = 64 * 1024 * 1024;
    private const int LongestEnd = 8 * 1024;

    private readonly Lock _gate = new();
    private readonly StreamWriter _file = new(file);
    private readonly StringBuilder _end = new();
    private long _written;

    /// <summary>The last that was printed.</summary>
    public string End
    {
        get
        {
            lock (_gate)
            {
                return _end.ToString().Trim();
            }
        }
    }

    public void Write(ReadOnlySpan<char> text)
    {
        lock (_gate)
        {
            if (_written < LongestFile)
            {
                _file.Write(text);
                _written += text.Length;
            }

            _end.Append(text);
            if (_end.Length > 2 * LongestEnd)
            {
                _end.Remove(0, _end.Length - LongestEnd);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _file.Dispose();
        }
    }
}
